package io.pipelab.functions.tasks;

import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Tells the topic of new tasks. */
@FunctionalInterface
interface Announcer {
  /** What a topic without a way to it takes: the function has ten seconds for everything. */
  Duration PATIENCE = Duration.ofSeconds(3);

  void announce(Task task);

  /** The topic that {@code SNS_TOPIC_ARN} names. */
  static Announcer ofEnvironment() {
    String topic = Environment.required("SNS_TOPIC_ARN");
    SnsClient sns =
        SnsClient.builder()
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(PATIENCE)
                    .socketTimeout(PATIENCE)
                    .build())
            .overrideConfiguration(config -> config.apiCallTimeout(PATIENCE))
            .build();
    return task ->
        sns.publish(
            message ->
                message
                    .topicArn(topic)
                    .subject("New Task Added")
                    .message(task.announcement().toString()));
  }
}
