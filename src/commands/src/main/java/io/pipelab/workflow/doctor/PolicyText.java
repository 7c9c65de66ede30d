package io.pipelab.workflow.doctor;

import java.util.Collection;
import java.util.Map;

/** How long a policy is as JSON without white space, as IAM counts it. */
final class PolicyText {
  private PolicyText() {}

  static int characters(Object value) {
    if (value instanceof Map<?, ?> map) {
      int inside =
          map.entrySet().stream()
              .mapToInt(each -> characters(each.getKey()) + 1 + characters(each.getValue()))
              .sum();
      return 2 + inside + Math.max(0, map.size() - 1);
    }
    if (value instanceof Collection<?> list) {
      int inside = list.stream().mapToInt(PolicyText::characters).sum();
      return 2 + inside + Math.max(0, list.size() - 1);
    }
    return String.valueOf(value).length() + 2;
  }
}
