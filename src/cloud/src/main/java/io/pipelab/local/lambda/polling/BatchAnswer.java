package io.pipelab.local.lambda.polling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What a function's answer says of its batch (Lambda Developer Guide, "Implementing partial batch
 * responses", "Success and failure conditions").
 */
final class BatchAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BatchAnswer() {}

  /**
   * The messages that are done with. No failures, null or an empty object is success for all; an
   * answer that is no such document, or an identifier that is empty, missing or of no message in
   * the batch, is failure for all.
   */
  static List<Message> succeeded(List<Message> batch, byte[] payload) {
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (IOException e) {
      return List.of();
    }
    if (answer.isNull() || answer.isMissingNode()) {
      return batch;
    }
    JsonNode failures = answer.path("batchItemFailures");
    if (answer.isObject() && (failures.isMissingNode() || failures.isNull())) {
      return batch;
    }
    return failures.isArray() ? without(failures, batch) : List.of();
  }

  private static List<Message> without(JsonNode failures, List<Message> batch) {
    Set<String> known = new HashSet<>();
    batch.forEach(message -> known.add(message.messageId()));
    Set<String> failed = new HashSet<>();
    for (JsonNode failure : failures) {
      JsonNode id = failure.path("itemIdentifier");
      if (!id.isTextual() || !known.contains(id.asText())) {
        return List.of();
      }
      failed.add(id.asText());
    }
    return batch.stream().filter(message -> !failed.contains(message.messageId())).toList();
  }
}
