package io.pipelab.local.sns;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A subscription; {@link #pending} until the endpoint's owner confirms it. */
final class Subscription {
  final String arn;
  final String topicArn;
  final Protocol protocol;
  final String endpoint;
  final String token;
  final Map<String, String> attributes = new ConcurrentSkipListMap<>();
  private volatile boolean pending;

  Subscription(String arn, String topicArn, Protocol protocol, String endpoint, String token) {
    this.arn = arn;
    this.topicArn = topicArn;
    this.protocol = protocol;
    this.endpoint = endpoint;
    this.token = token;
    this.pending = protocol == Protocol.EMAIL;
  }

  boolean pending() {
    return pending;
  }

  void confirm() {
    pending = false;
  }

  boolean raw() {
    return Boolean.parseBoolean(attributes.get("RawMessageDelivery"));
  }
}
