package io.pipelab.workflow;

import io.pipelab.target.TargetTime;
import io.pipelab.verify.load.Sent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishes a message to the lab's topic, and remembers it for {@code verify}. */
public final class PublishToLab implements DriveStep {
  private final PublishSettings settings;
  private final String runId;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<Sent.Message> sent = Optional.empty();

  PublishToLab(PublishSettings settings, String runId, Cloud cloud, Bindings bindings) {
    this.settings = settings;
    this.runId = runId;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Publish a message";
  }

  /** What was published; to be asked after {@link #run}. */
  Sent.Message sent() {
    return sent.orElseThrow();
  }

  /** A message that SNS does not take ends the step. */
  @Override
  public void requireAll() {}

  @Override
  public void run(Progress progress) {
    String topic = bindings.references().resolve(settings.topic());
    Instant started = new TargetTime(cloud.clients()).now();
    Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
    settings
        .attributes()
        .forEach(
            (name, value) ->
                attributes.put(
                    name,
                    MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
    String id =
        cloud
            .clients()
            .sns()
            .publish(
                publish ->
                    publish
                        .topicArn(topic)
                        .subject(settings.subject())
                        .message(settings.message())
                        .messageAttributes(attributes))
            .messageId();
    Sent.Message message = new Sent.Message(runId, topic, id, settings.message(), started);
    sent = Optional.of(message);
    LabLoads.sent(cloud, bindings).add(message);
  }
}
