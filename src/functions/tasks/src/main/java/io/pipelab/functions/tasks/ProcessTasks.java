package io.pipelab.functions.tasks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;

/**
 * Lambda handler {@code task-processing-function} of the lab {@code task-manager}: takes
 * announcements off the queue and works the tasks off. What goes wrong is thrown, so that the
 * message comes back; the same message twice does no harm.
 */
public final class ProcessTasks implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final int workMillis;

  public ProcessTasks() {
    this(new Database(MySql.ofEnvironment()), Environment.number("PROCESSING_MILLIS", 0));
  }

  ProcessTasks(Database database, int workMillis) {
    this.database = database;
    this.workMillis = workMillis;
  }

  /**
   * Works off the tasks of an SQS event, in which each body is an SNS envelope.
   *
   * @throws IllegalArgumentException if a message is no announcement
   * @throws IllegalStateException if its task is not stored, or the database does not answer
   */
  @Override
  public void handleRequest(InputStream input, OutputStream answer, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(input);
    if (SignedIdentity.isAskedBy(event)) {
      JSON.writeValue(answer, SignedIdentity.ofEnvironment().answer());
      return;
    }
    for (JsonNode record : event.path("Records")) {
      JsonNode envelope = JSON.readTree(record.path("body").asText());
      JsonNode message = JSON.readTree(envelope.path("Message").asText());
      if (!message.path("task_id").isInt()) {
        throw new IllegalArgumentException("the message announces no task: it has no task_id");
      }
      int id = message.path("task_id").intValue();
      process(id);
      context.getLogger().log("task " + id + " is Completed");
    }
  }

  private void process(int id) {
    move(id, "Processing");
    work();
    move(id, "Completed");
  }

  private void move(int id, String status) {
    boolean found;
    try {
      found = database.inTransaction(connection -> Tasks.move(connection, id, status));
    } catch (SQLException e) {
      throw new IllegalStateException("task " + id + " cannot become " + status, e);
    }
    if (!found) {
      throw new IllegalStateException("there is no task " + id);
    }
  }

  /** What a task is to do: here it only takes its time. */
  private void work() {
    try {
      Thread.sleep(workMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the work was interrupted", e);
    }
  }
}
