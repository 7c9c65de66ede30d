package io.pipelab.local.wire.sigv4;

import java.util.LinkedHashMap;
import java.util.Map;

/** The signing keys that were needed last: to derive one takes four times as long as to sign. */
final class SigningKeys {
  static final int MOST = 256;

  private record For(String secretAccessKey, String date, String region, String service) {}

  private final Map<For, SigningKey> latest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<For, SigningKey> eldest) {
          return size() > MOST;
        }
      };

  /** The key that a secret access key has in a scope. */
  SigningKey of(String secretAccessKey, Authorization.Scope scope) {
    For wanted = new For(secretAccessKey, scope.date(), scope.region(), scope.service());
    synchronized (latest) {
      return latest.computeIfAbsent(wanted, key -> new SigningKey(secretAccessKey, scope));
    }
  }

  int size() {
    synchronized (latest) {
      return latest.size();
    }
  }
}
