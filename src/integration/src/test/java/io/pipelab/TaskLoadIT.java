package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lab {@code task-manager} under load, while its database is killed and stopped: nothing is
 * lost, and nothing is there twice. And the database with the clients that people have.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TaskLoadIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 20;
  private static final int TASKS = 500;
  private static final Duration OUTAGE = Duration.ofSeconds(20);

  @TempDir static Path xdg;
  private static Launched launched;
  private static SdkClients aws;
  private static LabCopy lab;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @BeforeAll
  static void standTheLabUp() throws Exception {
    launched = new Launched(xdg);
    Launched.Ended start = launched.run("local", "start", "--region", "us-east-1");
    assertEquals(0, start.exitCode(), start.told());
    URI endpoint = URI.create(cloud().path("endpoint").asText());
    aws = new SdkClients(() -> Connection.embedded(endpoint, "us-east-1"), "test");
    lab = new LabCopy("load", HOME, Shell.in(xdg), aws).as("task-manager").up();
  }

  @AfterAll
  static void stop() throws Exception {
    if (aws != null) {
      aws.close();
    }
    launched.run("local", "stop");
  }

  private static JsonNode cloud() throws IOException {
    return JSON.readTree(xdg.resolve("state/pipelab/local/cloud.json").toFile());
  }

  @Test
  @Order(1)
  void everyTaskIsCompletedOnceWhateverHappensToTheDatabase() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> posted = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      String title = "task " + i;
      posted.add(clients.submit(() -> post(title)));
    }
    clients.shutdown();
    until("some tasks", () -> created.get() >= TASKS / 5);
    killTheDatabase();
    until("some more tasks", () -> created.get() >= TASKS / 2);
    stopTheDatabaseForAWhile();
    for (Future<?> each : posted) {
      each.get();
    }
    assertEquals(TASKS, created.get());
    assertTrue(refused.get() > 0, "the database's absence was not noticed");

    until("every task to be Completed", () -> tasks().stream().allMatch(TaskLoadIT::isCompleted));
    List<String> titles = tasks().stream().map(task -> task.path("title").asText()).toList();
    assertEquals(TASKS, titles.size());
    assertEquals(TASKS, new TreeSet<>(titles).size(), "one is there twice");
    lab.verify(0, "--step", "auto-processing", "--step", "before-mapping");
  }

  /** Until the function says that it is stored and announced; by one name, so that it is one. */
  private Void post(String title) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(lab.output("TasksUrl")))
            .timeout(Duration.ofSeconds(60))
            .header("idempotency-key", title)
            .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"" + title + "\"}"))
            .build();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (true) {
      String seen;
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 201) {
          created.incrementAndGet();
          return null;
        }
        seen = answer.statusCode() + " " + answer.body();
      } catch (IOException e) {
        seen = e.toString();
      }
      refused.incrementAndGet();
      assertTrue(System.nanoTime() < end, title + " is not taken: " + seen);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static void killTheDatabase() throws Exception {
    ProcessHandle server = database().orElseThrow();
    assertTrue(server.destroyForcibly());
    server.onExit().get(10, TimeUnit.SECONDS);
    until("another server", () -> database().isPresent());
  }

  /** The server, a child of the cloud. */
  private static Optional<ProcessHandle> database() {
    try {
      return ProcessHandle.of(cloud().path("pid").asLong()).stream()
          .flatMap(ProcessHandle::descendants)
          .filter(child -> child.info().command().orElse("").endsWith("/mariadbd"))
          .findFirst();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stopTheDatabaseForAWhile() throws InterruptedException {
    String database = lab.output("DatabaseId");
    until("an available database", () -> status(database).equals("available"));
    aws.rds().stopDBInstance(stop -> stop.dbInstanceIdentifier(database));
    until("a stopped database", () -> status(database).equals("stopped"));
    TimeUnit.MILLISECONDS.sleep(OUTAGE.toMillis());
    aws.rds().startDBInstance(start -> start.dbInstanceIdentifier(database));
  }

  private static String status(String database) {
    return aws.rds()
        .describeDBInstances(describe -> describe.dbInstanceIdentifier(database))
        .dbInstances()
        .get(0)
        .dbInstanceStatus();
  }

  private List<JsonNode> tasks() {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(lab.output("TasksUrl"))).build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      List<JsonNode> tasks = new ArrayList<>();
      JSON.readTree(answer.body()).forEach(tasks::add);
      return tasks;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isCompleted(JsonNode task) {
    return task.path("status").asText().equals("Completed");
  }

  private static String password() throws IOException {
    String secret =
        aws.secretsManager()
            .getSecretValue(get -> get.secretId(lab.output("DatabaseSecretArn")))
            .secretString();
    return JSON.readTree(secret).path("password").asText();
  }

  @Test
  @Order(2)
  void jdbcConnectsWithTheSecretsPassword() throws Exception {
    String url =
        "jdbc:mariadb://%s:%s/taskmanagement?sslMode=trust"
            .formatted(lab.output("DatabaseAddress"), lab.output("DatabasePort"));
    try (java.sql.Connection connection = DriverManager.getConnection(url, "admin", password());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*), COUNT(DISTINCT title) FROM tasks")) {
      assertTrue(rows.next());
      assertEquals(TASKS, rows.getInt(1));
      assertEquals(TASKS, rows.getInt(2));
      try (ResultSet waiting = statement.executeQuery("SELECT COUNT(*) FROM outbox")) {
        assertTrue(waiting.next());
        assertEquals(0, waiting.getInt(1), "something is stored and was never announced");
      }
    }
  }

  @Test
  @Order(2)
  void mysqlsOwnClientConnectsWithTheSecretsPassword() throws Exception {
    Optional<String> client =
        List.of("mariadb", "mysql").stream().filter(Launched::isOnPath).findFirst();
    assumeTrue(client.isPresent(), "neither mariadb nor mysql is on the PATH");
    ProcessBuilder builder =
        new ProcessBuilder(
            client.get(),
            "--no-defaults",
            "--protocol=tcp",
            "--host=" + lab.output("DatabaseAddress"),
            "--port=" + lab.output("DatabasePort"),
            "--user=admin",
            "--batch",
            "--skip-column-names",
            "--execute=SELECT COUNT(*) FROM tasks",
            "taskmanagement");
    builder.environment().put("MYSQL_PWD", password());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String told = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), told);
    assertEquals(String.valueOf(TASKS), told.strip());
  }

  /** A cloud that is killed takes its database with it. */
  @Test
  @Order(3)
  void nothingOutlivesAKilledCloud() throws Exception {
    ProcessHandle server = database().orElseThrow();
    ProcessHandle cloud = ProcessHandle.of(cloud().path("pid").asLong()).orElseThrow();
    assertTrue(cloud.destroyForcibly());
    server.onExit().get(30, TimeUnit.SECONDS);
    assertFalse(server.isAlive());
  }

  private static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain for " + what);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
