package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a sender gave: it stays the same while the message goes from queue to queue.
 *
 * @param bodyMd5 computed once, when the message comes in
 * @param traceHeader the system attribute AWSTraceHeader, or null
 */
public record MessageContent(
    String body, Digest bodyMd5, MessageAttributes attributes, @Nullable String traceHeader) {

  public static MessageContent of(
      String body, MessageAttributes attributes, @Nullable String traceHeader) {
    return new MessageContent(body, Digest.of(body), attributes, traceHeader);
  }
}
