package io.pipelab.functions.tasks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param status {@code Pending}, {@code Processing}, {@code Completed}
 */
record Task(int id, String title, @Nullable String description, String status) {
  /** The row as {@code GET} answers it. */
  ObjectNode row() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("title", title)
        .put("description", description)
        .put("status", status);
  }

  /** What the topic is told: {@code {"task_id", "title", "description"}}. */
  ObjectNode announcement() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("task_id", id)
        .put("title", title)
        .put("description", description);
  }
}
