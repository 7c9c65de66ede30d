package io.pipelab.local.sts;

import io.pipelab.local.kernel.AwsError;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * Session tags (IAM User Guide, "Pass session tags in AWS STS"): keys differ by more than their
 * case, and transitive ones go over to the next session of a chain, where nothing overrides them.
 *
 * @param transitive keys in lower case
 */
record SessionTags(Map<String, String> tags, Set<String> transitive) {
  static final SessionTags NONE = new SessionTags(Map.of(), Set.of());

  /**
   * The tags of a request, and those that it inherits.
   *
   * @param caller the grant of the calling session
   * @throws AwsError InvalidParameterValue
   */
  static SessionTags of(List<Tag> tags, List<String> transitiveKeys, Grant caller) {
    Map<String, String> all = new LinkedHashMap<>();
    caller
        .tags()
        .forEach(
            (key, value) -> {
              if (caller.transitive().contains(lower(key))) {
                all.put(key, value);
              }
            });
    Set<String> keys = new LinkedHashSet<>();
    for (Tag tag : tags) {
      if (!keys.add(lower(tag.key()))) {
        throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      if (caller.transitive().contains(lower(tag.key()))) {
        throw invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a"
                + " transitive tag key from the calling session.");
      }
      all.put(tag.key(), tag.value());
    }
    Set<String> transitive = new LinkedHashSet<>(caller.transitive());
    for (String key : transitiveKeys) {
      if (!keys.contains(lower(key))) {
        throw invalid("The specified transitive tag key must be included in the requested tags.");
      }
      transitive.add(lower(key));
    }
    return new SessionTags(all, transitive);
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  private static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidParameterValue", message);
  }
}
