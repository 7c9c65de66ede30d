package io.pipelab.functions.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class ManageTasksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FlakyDatabase database = new FlakyDatabase();
  private final List<String> announced = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private boolean topicIsDown;
  private final ManageTasks function = new ManageTasks(new Database(database), this::announce);

  private void announce(Task task) {
    if (topicIsDown) {
      throw SdkClientException.create("no way to the topic");
    }
    announced.add(task.announcement().toString());
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.close();
  }

  private JsonNode call(String method, @Nullable String body, @Nullable String request)
      throws IOException {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("body", body);
    event.putObject("requestContext").putObject("http").put("method", method);
    if (request != null) {
      event.putObject("headers").put("idempotency-key", request);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] input = event.toString().getBytes(StandardCharsets.UTF_8);
    function.handleRequest(new ByteArrayInputStream(input), answer, new LogOnly(log));
    return JSON.readTree(answer.toByteArray());
  }

  private JsonNode post(String body) throws IOException {
    return call("POST", body, null);
  }

  private static JsonNode body(JsonNode response) throws IOException {
    return JSON.readTree(response.path("body").textValue());
  }

  @Test
  void aTaskIsStoredAnnouncedAndListed() throws Exception {
    JsonNode created = post("{\"title\":\"Water the plants\",\"description\":\"all\"}");

    assertEquals(201, created.path("statusCode").intValue());
    assertEquals(1, body(created).path("task_id").intValue());
    assertEquals(
        List.of("{\"task_id\":1,\"title\":\"Water the plants\",\"description\":\"all\"}"),
        announced);
    assertEquals(0, database.count("outbox"));
    JsonNode listed = call("GET", null, null);
    assertEquals(200, listed.path("statusCode").intValue());
    assertEquals(
        "[{\"id\":1,\"title\":\"Water the plants\",\"description\":\"all\",\"status\":\"Pending\"}]",
        listed.path("body").textValue());
  }

  @Test
  void whatIsNotUnderstoodIsRefusedAndStoresNothing() throws Exception {
    post("{\"title\":\"the first\"}");
    for (String wrong :
        List.of(
            "no json",
            "[]",
            "{}",
            "{\"title\":7}",
            "{\"title\":\" \"}",
            "{\"title\":\"x\",\"description\":7}",
            "{\"title\":\"" + "x".repeat(256) + "\"}")) {
      assertEquals(400, post(wrong).path("statusCode").intValue(), wrong);
    }
    JsonNode other = call("DELETE", null, null);
    assertEquals(400, other.path("statusCode").intValue());
    assertEquals("Invalid request method", body(other).path("message").textValue());
    assertEquals(1, database.count("tasks"));
  }

  @Test
  void whileTheDatabaseIsDownNothingIsAnnounced() throws Exception {
    post("{\"title\":\"before\"}");
    database.goDown();

    JsonNode refused = post("{\"title\":\"meanwhile\"}");

    assertEquals(503, refused.path("statusCode").intValue());
    assertFalse(refused.toString().contains("db.internal"), "the driver's words stay in the log");
    assertTrue(log.get(log.size() - 1).contains("db.internal"));
    assertEquals(503, call("GET", null, null).path("statusCode").intValue());
    assertEquals(1, announced.size());
    database.comeBack();
    assertEquals(201, post("{\"title\":\"after\"}").path("statusCode").intValue());
    assertEquals(2, database.count("tasks"));
  }

  @Test
  void aTaskThatCouldNotBeAnnouncedIsAnnouncedWithALaterCall() throws Exception {
    topicIsDown = true;
    JsonNode refused = post("{\"title\":\"one\"}");
    assertEquals(503, refused.path("statusCode").intValue());
    assertEquals(1, database.count("outbox"));

    topicIsDown = false;
    assertEquals(201, post("{\"title\":\"two\"}").path("statusCode").intValue());

    assertEquals(2, announced.size());
    assertTrue(announced.get(0).contains("one"));
    assertEquals(0, database.count("outbox"));
  }

  @Test
  void aRequestThatIsRepeatedIsStoredOnce() throws Exception {
    topicIsDown = true;
    JsonNode first = call("POST", "{\"title\":\"one\"}", "key-1");
    topicIsDown = false;

    JsonNode again = call("POST", "{\"title\":\"one\"}", "key-1");
    JsonNode other = call("POST", "{\"title\":\"one\"}", "key-2");

    assertEquals(201, again.path("statusCode").intValue());
    assertEquals(body(first).path("task_id"), body(again).path("task_id"));
    assertNotEquals(body(first).path("task_id"), body(other).path("task_id"));
    assertEquals(2, database.count("tasks"));
    assertEquals(2, announced.size());
  }

  @Test
  void anEnvironmentKeepsItsConnection() throws Exception {
    post("{\"title\":\"one\"}");
    post("{\"title\":\"two\"}");
    call("GET", null, null);

    assertEquals(1, database.opened());
  }
}
