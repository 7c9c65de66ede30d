package io.pipelab.local.sqs;

import io.pipelab.local.sqs.engine.MessageQueue;
import io.pipelab.local.sqs.engine.QueueSettings;
import io.pipelab.local.sqs.engine.QueueSettings.Redrive;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One queue: its name, its attributes, its tags, and its messages in the engine. */
final class Queue {
  final String name;
  final String arn;
  final String url;
  final Instant created;
  final MessageQueue messages;
  private final Map<String, String> attributes = new ConcurrentHashMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();
  private volatile Instant modified;
  private @Nullable Instant purged;

  /**
   * A queue with attributes, and without messages.
   *
   * @param messages makes the queue in the engine
   */
  Queue(
      String name,
      String arn,
      String url,
      Instant created,
      Map<String, String> attributes,
      Function<QueueSettings, MessageQueue> messages) {
    this.name = name;
    this.arn = arn;
    this.url = url;
    this.created = created;
    this.modified = created;
    change(attributes, created);
    this.messages = messages.apply(settings());
  }

  boolean fifo() {
    return name.endsWith(".fifo");
  }

  /** The value of an attribute that can be set, or null. */
  @Nullable String attribute(String attribute) {
    return attributes.get(attribute);
  }

  /** The value of an attribute that every queue has. */
  int number(String attribute) {
    String value = attributes.get(attribute);
    if (value == null) {
      throw new IllegalStateException(name + " has no " + attribute);
    }
    return Integer.parseInt(value);
  }

  /** Sets attributes; an empty value takes one away. */
  void set(Map<String, String> changes, Instant now) {
    change(changes, now);
    messages.apply(settings());
  }

  private void change(Map<String, String> changes, Instant now) {
    changes.forEach(
        (attribute, value) -> {
          if (value.isEmpty()) {
            attributes.remove(attribute);
          } else {
            attributes.put(attribute, value);
          }
        });
    if (changes.containsKey("KmsMasterKeyId")) {
      encryptedBy(changes.getOrDefault("KmsMasterKeyId", ""));
    } else if ("true".equals(changes.get("SqsManagedSseEnabled"))) {
      attributes.remove("KmsMasterKeyId");
      attributes.remove("KmsDataKeyReusePeriodSeconds");
    }
    modified = now;
  }

  /** A key of KMS turns SQS's own encryption off, and its absence on again. */
  private void encryptedBy(String key) {
    if (key.isEmpty()) {
      attributes.remove("KmsDataKeyReusePeriodSeconds");
    } else {
      attributes.putIfAbsent("KmsDataKeyReusePeriodSeconds", "300");
    }
    attributes.put("SqsManagedSseEnabled", String.valueOf(key.isEmpty()));
  }

  /** The settable attributes with their values, and those that the queue has by itself. */
  Map<String, String> attributes() {
    Map<String, String> all = new TreeMap<>(attributes);
    all.put("QueueArn", arn);
    all.put("CreatedTimestamp", String.valueOf(created.getEpochSecond()));
    all.put("LastModifiedTimestamp", String.valueOf(modified.getEpochSecond()));
    return all;
  }

  private QueueSettings settings() {
    RedrivePolicy redrive = RedrivePolicy.of(this);
    return new QueueSettings(
        fifo(),
        number("VisibilityTimeout"),
        number("DelaySeconds"),
        number("MessageRetentionPeriod"),
        "true".equals(attribute("ContentBasedDeduplication")),
        "messageGroup".equals(attribute("DeduplicationScope")),
        redrive == null ? null : new Redrive(redrive.target(), redrive.maxReceives()));
  }

  Map<String, String> tags() {
    return tags;
  }

  /** Notes a purge; false when the last one was less than a minute ago. */
  synchronized boolean purge(Instant now) {
    if (purged != null && purged.plusSeconds(60).isAfter(now)) {
      return false;
    }
    purged = now;
    return true;
  }
}
