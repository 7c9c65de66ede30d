package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The last refusals; older ones are forgotten. What is refused to a caller again and again counts
 * as one: a loop that polls a queue does not push out all others.
 */
public final class Denials {
  private static final int MOST = 200;
  private static final int MOST_IDS = 2000;
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 20;

  /** What makes two refusals the same. */
  private record Kind(String caller, String action, String resource) {}

  private final Map<Kind, Denial> last = new LinkedHashMap<>();

  /**
   * Ids of refusals and of their requests; the messages that carry them are older than the last.
   */
  private final Map<String, Kind> kinds =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
          return size() > MOST_IDS;
        }
      };

  /** Keeps a refusal, and gives it its id: letters and digits, as AWS's authorization ids are. */
  synchronized Denial add(Use use, String requestId, Instant now, Verdict verdict) {
    Kind kind = new Kind(use.caller().arn(), use.action(), use.resource());
    String id = newId();
    Denial before = last.remove(kind);
    Denial denial =
        before == null
            ? new Denial(id, requestId, now, use, verdict, 1)
            : before.again(id, requestId, now, verdict);
    last.put(kind, denial);
    if (last.size() > MOST) {
      last.remove(last.keySet().iterator().next());
    }
    kinds.put(id, kind);
    if (!requestId.isEmpty()) {
      kinds.put(requestId, kind);
    }
    return denial;
  }

  /** The last ones, the latest first. */
  synchronized List<Denial> latest() {
    List<Denial> all = new ArrayList<>(last.values());
    Collections.reverse(all);
    return all;
  }

  /** By an id of its own or by that of a request. */
  synchronized Optional<Denial> find(String id) {
    @Nullable Kind kind = kinds.get(id);
    return kind == null ? Optional.empty() : Optional.ofNullable(last.get(kind));
  }

  /** Nothing is secret about the id: who may not read denials cannot reach the cloud at all. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
