package io.pipelab.local.declared;

import java.util.List;
import java.util.Map;

/**
 * What has to be allowed for a request.
 *
 * @param action {@code sqs:SendMessage}
 * @param resource an ARN, or {@code *}
 * @param keys the condition keys that the request sets, and their values
 */
public record IamQuestion(String action, String resource, Map<String, List<String>> keys) {
  public IamQuestion {
    keys = Map.copyOf(keys);
  }
}
