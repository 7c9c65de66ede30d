package io.pipelab.local.sns;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A topic and its subscriptions. */
final class Topic {
  final String arn;
  final String name;
  final Map<String, String> attributes = new ConcurrentSkipListMap<>();
  final Map<String, String> tags = new ConcurrentSkipListMap<>();
  final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

  private final String account;
  private final @Nullable FifoOrder order;

  /**
   * @param order of a FIFO topic; null makes a standard one
   */
  Topic(String arn, String name, String account, @Nullable FifoOrder order) {
    this.account = account;
    this.order = order;
    this.arn = arn;
    this.name = name;
    attributes.put("Owner", account);
    attributes.put("DisplayName", "");
    attributes.put("Policy", defaultPolicy());
    if (order != null) {
      attributes.put("FifoTopic", "true");
      attributes.put("ContentBasedDeduplication", "false");
    }
  }

  boolean fifo() {
    return order != null;
  }

  /** What a FIFO topic remembers of its messages; null of a standard one. */
  @Nullable FifoOrder order() {
    return order;
  }

  boolean deduplicatesByContent() {
    return "true".equals(attributes.get("ContentBasedDeduplication"));
  }

  /** Whether the same id in two groups is two messages. */
  boolean deduplicatesInGroups() {
    return "MessageGroup".equals(attributes.get("FifoThroughputScope"));
  }

  String policy() {
    return attributes.getOrDefault("Policy", "");
  }

  /** The subscriptions in a stable order. */
  List<Subscription> ordered() {
    return List.copyOf(new TreeMap<>(subscriptions).values());
  }

  /** What SNS gives every new topic: the owner's account may do everything with it. */
  String defaultPolicy() {
    return """
    {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID",\
    "Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes",\
    "SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic",\
    "SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"%s",\
    "Condition":{"StringEquals":{"AWS:SourceOwner":"%s"}}}]}"""
        .formatted(arn, account);
  }
}
