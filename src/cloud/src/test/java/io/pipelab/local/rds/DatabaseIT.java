package io.pipelab.local.rds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

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
    rds = client(RdsClient.builder());
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
      String cipher =
          "SELECT variable_value FROM information_schema.session_status"
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
      rds.modifyDBInstance(r -> r.dbInstanceIdentifier(ID).masterUserPassword("another-password"));
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

  private static final String TEMPLATE =
      """
      Resources:
        Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
        A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1a}}
        B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: us-east-1b}}
        Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, GroupDescription: database}}
        Subnets:
          Type: AWS::RDS::DBSubnetGroup
          Properties: {DBSubnetGroupDescription: private, SubnetIds: [!Ref A, !Ref B]}
        Secret:
          Type: AWS::SecretsManager::Secret
          Properties:
            GenerateSecretString:
              SecretStringTemplate: '{"username": "admin"}'
              GenerateStringKey: password
              ExcludeCharacters: "\\"@/\\\\"
        Database:
          Type: AWS::RDS::DBInstance
          Properties:
            Engine: mysql
            DBInstanceClass: db.t4g.micro
            AllocatedStorage: 20
            DBName: taskmanagement
            DBSubnetGroupName: !Ref Subnets
            VPCSecurityGroups: [!GetAtt Group.GroupId]
            MasterUsername: !Sub '{{resolve:secretsmanager:${Secret}:SecretString:username}}'
            MasterUserPassword: !Sub '{{resolve:secretsmanager:${Secret}:SecretString:password}}'
        Attachment:
          Type: AWS::SecretsManager::SecretTargetAttachment
          Properties: {SecretId: !Ref Secret, TargetId: !Ref Database, TargetType: AWS::RDS::DBInstance}
      Outputs:
        Url: {Value: !Sub 'jdbc:mariadb://${Database.Endpoint.Address}:${Database.Endpoint.Port}/taskmanagement'}
        Secret: {Value: !Ref Secret}
        Id: {Value: !Ref Database}
      """;

  private static <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    return builder
        .endpointOverride(cloud.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
        .build();
  }

  /** A password that nobody has typed, from its secret into the server and into a client. */
  @Test
  @Order(7)
  void aStackHasADatabaseWhosePasswordIsInItsSecretAlone() throws Exception {
    try (CloudFormationClient stacks = client(CloudFormationClient.builder());
        SecretsManagerClient secrets = client(SecretsManagerClient.builder())) {
      String id = stacks.createStack(r -> r.stackName("tasks").templateBody(TEMPLATE)).stackId();
      Map<String, String> outputs = new HashMap<>();
      ended(stacks, id, "CREATE_COMPLETE")
          .outputs()
          .forEach(each -> outputs.put(each.outputKey(), each.outputValue()));
      String text = secrets.getSecretValue(r -> r.secretId(outputs.get("Secret"))).secretString();
      JsonNode secret = new ObjectMapper().readTree(text);
      assertEquals("mysql", secret.path("engine").asText());
      assertEquals("127.0.0.1", secret.path("host").asText());
      String password = secret.path("password").asText();
      assertEquals(32, password.length());
      DriverManager.getConnection(outputs.get("Url"), "admin", password).close();
      assertFalse(events(stacks).contains(password));
      assertFalse(stacks.getTemplate(r -> r.stackName("tasks")).templateBody().contains(password));
      assertFalse(
          rds.describeDBInstances(r -> r.dbInstanceIdentifier(outputs.get("Id")))
              .toString()
              .contains(password));
      stacks.deleteStack(r -> r.stackName("tasks"));
      ended(stacks, id, "DELETE_COMPLETE");
      // No DeletionPolicy means a last snapshot.
      assertEquals(
          List.of(outputs.get("Id")),
          rds.describeDBSnapshots(r -> {}).dbSnapshots().stream()
              .map(DBSnapshot::dbInstanceIdentifier)
              .toList());
    }
  }

  /** The stack at the end of what is going on with it. */
  private static Stack ended(CloudFormationClient stacks, String id, String status) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    Stack now = stacks.describeStacks(r -> r.stackName(id)).stacks().get(0);
    while (now.stackStatusAsString().endsWith("IN_PROGRESS")) {
      assertTrue(System.nanoTime() < end, "still " + now.stackStatusAsString());
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      now = stacks.describeStacks(r -> r.stackName(id)).stacks().get(0);
    }
    assertEquals(status, now.stackStatusAsString(), () -> events(stacks));
    return now;
  }

  private static String events(CloudFormationClient stacks) {
    return stacks.describeStackEvents(r -> r.stackName("tasks")).stackEvents().toString();
  }
}
