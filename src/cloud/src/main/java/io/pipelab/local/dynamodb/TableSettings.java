package io.pipelab.local.dynamodb;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;

/** What DynamoDB keeps of a table and the engine does not; changed under its own lock. */
final class TableSettings {
  final String tableId = UUID.randomUUID().toString();
  private final Map<String, String> tags = new TreeMap<>();
  private @Nullable String tableClass;
  private @Nullable SSEDescription encryption;
  private @Nullable Instant recoverableSince;

  synchronized Map<String, String> tags() {
    return new TreeMap<>(tags);
  }

  synchronized void tag(Map<String, String> more) {
    tags.putAll(more);
  }

  synchronized void untag(Iterable<String> keys) {
    keys.forEach(tags::remove);
  }

  synchronized @Nullable String tableClass() {
    return tableClass;
  }

  synchronized void setTableClass(@Nullable String tableClass) {
    this.tableClass = tableClass;
  }

  synchronized @Nullable SSEDescription encryption() {
    return encryption;
  }

  /** A key of AWS's own is DynamoDB's default and is not described. */
  synchronized void encrypt(SSESpecification specification, String defaultKeyArn) {
    String key = specification.kmsMasterKeyId();
    encryption =
        Boolean.TRUE.equals(specification.enabled())
            ? SSEDescription.builder()
                .status("ENABLED")
                .sseType("KMS")
                .kmsMasterKeyArn(key == null ? defaultKeyArn : key)
                .build()
            : null;
  }

  /** When point-in-time recovery was switched on; null while it is off. */
  synchronized @Nullable Instant recoverableSince() {
    return recoverableSince;
  }

  /** Switches point-in-time recovery; what is on stays on since when it was. */
  synchronized void setPointInTimeRecovery(boolean on) {
    if (!on) {
      recoverableSince = null;
    } else if (recoverableSince == null) {
      recoverableSince = Instant.now();
    }
  }
}
