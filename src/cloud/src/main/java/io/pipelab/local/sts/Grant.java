package io.pipelab.local.sts;

import io.pipelab.local.policy.AttachedPolicy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session was opened with besides its caller.
 *
 * @param policy what it was narrowed to; null when it was not
 * @param transitive keys of those tags that go over to the sessions that it opens, in lower case
 * @param sourceIdentity which it keeps through all sessions that it opens; null without one
 */
record Grant(
    @Nullable AttachedPolicy policy,
    Map<String, String> tags,
    Set<String> transitive,
    @Nullable String sourceIdentity,
    Instant issued) {
  Grant {
    tags = Map.copyOf(tags);
    transitive = Set.copyOf(transitive);
  }

  /** Nothing besides. */
  static Grant plain(Instant issued) {
    return new Grant(null, Map.of(), Set.of(), null, issued);
  }

  /** The condition keys that tell of the session. */
  Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    tags.forEach((key, value) -> keys.put("aws:PrincipalTag/" + key, List.of(value)));
    keys.put("aws:TokenIssueTime", List.of(issued.toString()));
    keys.put("aws:MultiFactorAuthPresent", List.of("false"));
    if (sourceIdentity != null) {
      keys.put("aws:SourceIdentity", List.of(sourceIdentity));
    }
    return keys;
  }
}
