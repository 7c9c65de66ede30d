package io.pipelab.verify.check.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.HttpCaller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tasks as a function lists them behind its URL: {@code GET /}.
 *
 * @param tasks empty when the list could not be read
 * @param wrong why it could not; empty when it could
 */
record TaskList(List<Task> tasks, String wrong) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> COLUMNS = Set.of("id", "title", "description", "status");

  /** One row. */
  record Task(int id, String status) {}

  static TaskList of(String url) {
    HttpCaller.Answer answer;
    try {
      answer = new HttpCaller().call("GET", url, "/", null);
    } catch (IOException e) {
      return failed("GET " + url + " has no answer: " + e.getMessage());
    }
    if (answer.status() != 200) {
      return failed("GET answers " + answer.status() + " " + shortened(answer.body()));
    }
    JsonNode rows;
    try {
      rows = JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return failed("GET answers what is not JSON: " + shortened(answer.body()));
    }
    if (!rows.isArray()) {
      return failed("GET answers no array: " + shortened(answer.body()));
    }
    List<Task> tasks = new ArrayList<>();
    for (JsonNode row : rows) {
      Set<String> columns = new TreeSet<>();
      row.fieldNames().forEachRemaining(columns::add);
      if (!columns.equals(COLUMNS) || !row.path("id").isInt()) {
        return failed("a row has other columns: " + shortened(row.toString()));
      }
      tasks.add(new Task(row.path("id").intValue(), row.path("status").asText()));
    }
    return new TaskList(tasks, "");
  }

  private static TaskList failed(String why) {
    return new TaskList(List.of(), why);
  }

  long in(String status) {
    return tasks.stream().filter(task -> task.status().equals(status)).count();
  }

  /** {@code 3 tasks: 2 Completed, 1 Pending}. */
  String words() {
    List<String> counts = new ArrayList<>();
    for (String status : new TreeSet<>(tasks.stream().map(Task::status).toList())) {
      counts.add(in(status) + " " + status);
    }
    return tasks.size()
        + (tasks.size() == 1 ? " task" : " tasks")
        + (counts.isEmpty() ? "" : ": " + String.join(", ", counts));
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ");
    return line.length() > 120 ? line.substring(0, 120) + "..." : line;
  }
}
