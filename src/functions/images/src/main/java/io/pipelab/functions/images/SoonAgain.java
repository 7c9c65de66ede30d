package io.pipelab.functions.images;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Lets a message that failed come back soon: the queue's visibility timeout has to be six times the
 * function's, which would make a broken picture wait for minutes between its tries.
 */
record SoonAgain(SqsClient sqs, String queueUrl, int seconds) {
  private static final String USUAL_SECONDS = "30";

  /**
   * As the function's environment says.
   *
   * @throws IllegalStateException when {@code QUEUE_URL} is missing, or {@code RETRY_SECONDS} is
   *     not a number
   */
  static SoonAgain from(Map<String, String> environment) {
    String queue = environment.getOrDefault("QUEUE_URL", "");
    String seconds = environment.getOrDefault("RETRY_SECONDS", USUAL_SECONDS);
    if (queue.isEmpty() || !seconds.matches("[0-9]{1,5}")) {
      throw new IllegalStateException("QUEUE_URL must be set, and RETRY_SECONDS be a number");
    }
    SqsClient sqs = SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    return new SoonAgain(sqs, queue, Integer.parseInt(seconds));
  }

  void comeBack(String receiptHandle, LambdaLogger log) {
    try {
      sqs.changeMessageVisibility(
          change ->
              change.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds));
    } catch (SdkException e) {
      // It comes back all the same, when the queue's own timeout is over.
      log.log(
          "the message stays hidden for the queue's whole timeout: "
              + OneLine.of(String.valueOf(e.getMessage())));
    }
  }
}
