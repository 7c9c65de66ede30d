package io.pipelab.functions.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessTasksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FlakyDatabase server = new FlakyDatabase();
  private final Database database = new Database(server);
  private final ProcessTasks function = new ProcessTasks(new Database(server), 0);
  private int id;

  @BeforeEach
  void storeATask() throws SQLException {
    id = database.inTransaction(connection -> Tasks.add(connection, "a task", null, null)).id();
  }

  @AfterEach
  void shutDown() throws SQLException {
    server.close();
  }

  private void deliver(String message) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    String envelope =
        JSON.createObjectNode().put("Type", "Notification").put("Message", message).toString();
    event.putArray("Records").addObject().put("body", envelope);
    byte[] input = event.toString().getBytes(StandardCharsets.UTF_8);
    function.handleRequest(
        new ByteArrayInputStream(input),
        OutputStream.nullOutputStream(),
        new LogOnly(new ArrayList<>()));
  }

  private String status() throws SQLException {
    return database
        .inTransaction(connection -> Tasks.find(connection, id))
        .map(Task::status)
        .orElse("none");
  }

  @Test
  void aTaskIsWorkedOffAndASecondMessageDoesNoHarm() throws Exception {
    deliver("{\"task_id\":" + id + "}");
    assertEquals("Completed", status());

    deliver("{\"task_id\":" + id + "}");

    assertEquals("Completed", status());
  }

  @Test
  void whatCannotBeDoneIsThrownSoThatTheMessageComesBack() throws Exception {
    assertThrows(IllegalStateException.class, () -> deliver("{\"task_id\":4711}"));
    assertThrows(IllegalArgumentException.class, () -> deliver("{\"title\":\"x\"}"));
    server.goDown();
    assertThrows(IllegalStateException.class, () -> deliver("{\"task_id\":" + id + "}"));
    server.comeBack();

    deliver("{\"task_id\":" + id + "}");

    assertEquals("Completed", status());
  }

  @Test
  void aCompletedTaskNeverGoesBack() throws Exception {
    deliver("{\"task_id\":" + id + "}");

    boolean there = database.inTransaction(connection -> Tasks.move(connection, id, "Processing"));

    assertEquals(true, there);
    assertEquals("Completed", status());
  }
}
