package io.pipelab.functions.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Lambda handler {@code task-management-function} of the lab {@code task-manager}, behind a
 * function URL (payload format 2.0): {@code GET} lists the tasks, {@code POST {"title",
 * "description"}} stores one and announces it.
 *
 * <p>A task and the note that it has to be announced are stored in one transaction; the note goes
 * when the topic has taken the announcement. So no task is stored and never announced, and none is
 * announced that is not stored. A client that names its request by the header {@code
 * idempotency-key} can repeat it after a 503 without storing a second task.
 */
public final class ManageTasks implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many that others left behind are announced beside the call's own. */
  private static final int MOST_OLD = 10;

  private final Database database;
  private final Announcer announcer;

  public ManageTasks() {
    this(new Database(MySql.ofEnvironment()), Announcer.ofEnvironment());
  }

  ManageTasks(Database database, Announcer announcer) {
    this.database = database;
    this.announcer = announcer;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream answer, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(input);
    if (SignedIdentity.isAskedBy(event)) {
      JSON.writeValue(answer, SignedIdentity.ofEnvironment().answer());
      return;
    }
    JSON.writeValue(answer, response(event, context.getLogger()).proxy());
  }

  private Response response(JsonNode event, LambdaLogger log) {
    String method = event.path("requestContext").path("http").path("method").asText();
    try {
      return switch (method) {
        case "GET" -> list();
        case "POST" -> add(event, log);
        default -> Response.message(400, "Invalid request method");
      };
    } catch (SQLException e) {
      // The driver's words name hosts and statements: they are for the log, not for the caller.
      log.log("database: " + e);
      return Response.message(503, "The database does not answer");
    }
  }

  private Response list() throws SQLException {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    database.inTransaction(Tasks::all).forEach(task -> rows.add(task.row()));
    return new Response(200, rows);
  }

  private Response add(JsonNode event, LambdaLogger log) throws SQLException {
    NewTask asked;
    try {
      asked = NewTask.read(body(event));
    } catch (IllegalArgumentException e) {
      return Response.message(400, String.valueOf(e.getMessage()));
    }
    String request = request(event);
    Task task =
        database.inTransaction(
            connection -> Tasks.add(connection, asked.title(), asked.description(), request));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("task_id", task.id());
    try {
      announceAll();
    } catch (SdkException e) {
      log.log("task " + task.id() + " is stored and not announced yet: " + e);
      return new Response(
          503, body.put("message", "The task is stored; it will be announced with a later call"));
    }
    log.log("task " + task.id() + " is stored and announced");
    return new Response(201, body.put("message", "Task created"));
  }

  /**
   * Announces what waits to be. The notes stay locked until the topic has taken them, so that no
   * other environment announces them meanwhile; a crash in between announces them again, which does
   * no harm.
   */
  private void announceAll() throws SQLException {
    database.inTransaction(
        connection -> {
          List<Task> waiting = Tasks.unannounced(connection, MOST_OLD);
          for (Task task : waiting) {
            announcer.announce(task);
            Tasks.announced(connection, task.id());
          }
          return waiting.size();
        });
  }

  private static String body(JsonNode event) {
    String body = event.path("body").asText();
    return event.path("isBase64Encoded").asBoolean()
        ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }

  private static @Nullable String request(JsonNode event) {
    JsonNode key = event.path("headers").path("idempotency-key");
    return key.isTextual() && key.textValue().length() <= 64 ? key.textValue() : null;
  }
}
