package io.pipelab.local.rds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pipelab.local.CloudInProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;

/** One database through its life: a real server, RDS's own client, and JDBC. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DatabaseIT {
  private static final String ID = "task-db";
  private static final String PASSWORD = "p'ss\\word-$1;#";

  @TempDir private static Path folder;
  private static CloudInProcess cloud;
  private static RdsClient rds;

  @BeforeAll
  static void create() throws Exception {
    cloud = CloudInProcess.start(folder);
    rds =
        RdsClient.builder()
            .endpointOverride(cloud.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
            .build();
    DBInstance made =
        rds.createDBInstance(
                r ->
                    r.dbInstanceIdentifier("Task-DB")
                        .engine("mysql")
                        .engineVersion("8.4")
                        .dbInstanceClass("db.t4g.micro")
                        .allocatedStorage(20)
                        .masterUsername("admin")
                        .masterUserPassword(PASSWORD)
                        .dbName("taskmanagement")
                        .backupRetentionPeriod(0))
            .dbInstance();
    assertEquals(ID, made.dbInstanceIdentifier());
    assertEquals("creating", made.dbInstanceStatus());
    DBInstance settled = settled();
    String why = settled.statusInfos().toString();
    assumeFalse(
        settled.dbInstanceStatus().equals("failed") && why.contains("fetched"),
        "MariaDB's server cannot be had: " + why);
    assertEquals("available", settled.dbInstanceStatus(), why);
  }

  @AfterAll
  static void close() {
    rds.close();
    cloud.close();
  }

  private static DBInstance instance() {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(ID)).dbInstances().get(0);
  }

  /** Waits until it is in a state that lasts. */
  private static DBInstance settled() {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    DBInstance now = instance();
    while (!List.of("available", "stopped", "failed").contains(now.dbInstanceStatus())) {
      assertTrue(System.nanoTime() < end, "still " + now.dbInstanceStatus());
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      now = instance();
    }
    return now;
  }

  private static Connection connect(String user, String password, String options)
      throws SQLException {
    DBInstance now = instance();
    return DriverManager.getConnection(
        "jdbc:mariadb://"
            + now.endpoint().address()
            + ":"
            + now.endpoint().port()
            + "/taskmanagement?connectTimeout=20000"
            + options,
        user,
        password);
  }

  private static String single(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  @Test
  @Order(1)
  void aClientWithThePasswordHasTheDatabase() throws Exception {
    try (Connection connection = connect("admin", PASSWORD, "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE tasks(id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(255) NOT NULL)"
              + " ENGINE=InnoDB");
      statement.execute("INSERT INTO tasks(title) VALUES ('første')");
      assertEquals("1", single(connection, "SELECT COUNT(*) FROM tasks"));
    }
  }

  @Test
  @Order(2)
  void nobodyElseLogsIn() {
    for (String user : List.of("admin", "root", "rdsadmin", "mariadb.sys", "")) {
      for (String password : List.of("", "wrong-password")) {
        assertThrows(SQLException.class, () -> connect(user, password, "").close(), user);
      }
    }
  }

  @Test
  @Order(2)
  void theMasterUserCannotReachFiles() throws Exception {
    try (Connection connection = connect("admin", PASSWORD, "")) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> single(connection, "SELECT 1 INTO OUTFILE '/tmp/x'"));
      assertTrue(refused.getMessage().contains("Access denied"), refused.getMessage());
    }
  }

  @Test
  @Order(2)
  void tlsIsOffered() throws Exception {
    try (Connection connection = connect("admin", PASSWORD, "&sslMode=trust")) {
      String cipher = "SELECT variable_value FROM information_schema.session_status"
          + " WHERE variable_name = 'Ssl_cipher'";
      assertFalse(single(connection, cipher).isEmpty());
    }
  }

  /** No command line, environment or file of the cloud has the password. */
  @Test
  @Order(2)
  void thePasswordIsNowhere() throws Exception {
    assertTrue(serverProcess().isPresent());
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      Path process = Path.of("/proc", String.valueOf(child.pid()));
      for (String file : List.of("cmdline", "environ")) {
        if (Files.isReadable(process.resolve(file))) {
          String text = Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1);
          assertFalse(text.contains(PASSWORD), file);
        }
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(each, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(PASSWORD), each.toString());
        assertFalse(each.getFileName().toString().startsWith("startup"), each.toString());
      }
    }
  }

  private static Optional<ProcessHandle> serverProcess() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/mariadbd"))
        .findFirst();
  }

  @Test
  @Order(3)
  void anotherPasswordHoldsAtOnceAndConnectionsStay() throws Exception {
    try (Connection before = connect("admin", PASSWORD, "")) {
      rds.modifyDBInstance(
          r -> r.dbInstanceIdentifier(ID).masterUserPassword("another-password"));
      assertEquals("available", settled().dbInstanceStatus());
      assertEquals("1", single(before, "SELECT 1"));
      assertThrows(SQLException.class, () -> connect("admin", PASSWORD, "").close());
    }
    connect("admin", "another-password", "").close();
    rds.modifyDBInstance(r -> r.dbInstanceIdentifier(ID).masterUserPassword(PASSWORD));
    assertEquals("available", settled().dbInstanceStatus());
  }

  @Test
  @Order(4)
  void aStoppedInstanceRefusesConnectionsAndKeepsItsData() throws Exception {
    int port = instance().endpoint().port();
    assertEquals(
        "stopping",
        rds.stopDBInstance(r -> r.dbInstanceIdentifier(ID)).dbInstance().dbInstanceStatus());
    DBInstance stopped = settled();
    assertEquals("stopped", stopped.dbInstanceStatus());
    assertEquals(Optional.empty(), serverProcess());
    assertTrue(stopped.automaticRestartTime() != null);
    assertThrows(SQLException.class, () -> connect("admin", PASSWORD, "").close());
    rds.startDBInstance(r -> r.dbInstanceIdentifier(ID));
    DBInstance started = settled();
    assertEquals("available", started.dbInstanceStatus(), started.statusInfos().toString());
    assertEquals(port, started.endpoint().port());
    try (Connection connection = connect("admin", PASSWORD, "")) {
      assertEquals("første", single(connection, "SELECT title FROM tasks"));
    }
  }

  @Test
  @Order(5)
  void aKilledServerComesBackWithItsData() throws Exception {
    ProcessHandle killed = serverProcess().orElseThrow();
    try (Connection connection = connect("admin", PASSWORD, "");
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO tasks(title) VALUES ('second')");
      killed.destroyForcibly();
      killed.onExit().get(10, TimeUnit.SECONDS);
      assertThrows(SQLException.class, () -> single(connection, "SELECT 1"));
    }
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (serverProcess().isEmpty() || !instance().dbInstanceStatus().equals("available")) {
      assertTrue(System.nanoTime() < end, "not started again");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    try (Connection connection = connect("admin", PASSWORD, "")) {
      assertEquals("2", single(connection, "SELECT COUNT(*) FROM tasks"));
    }
  }

  @Test
  @Order(6)
  void aDeletedInstanceIsGone() {
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier(ID).finalDBSnapshotIdentifier("last"));
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    assertThrows(
        DbInstanceNotFoundException.class,
        () -> {
          while (System.nanoTime() < end) {
            instance();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
          }
        });
    assertEquals(Optional.empty(), serverProcess());
    assertEquals(
        ID,
        rds.describeDBSnapshots(r -> r.dbSnapshotIdentifier("last"))
            .dbSnapshots()
            .get(0)
            .dbInstanceIdentifier());
    rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier("last"));
  }
}
