package io.pipelab.workflow.drive;

import io.pipelab.lab.SettingNames;
import io.pipelab.target.TargetTime;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.SentLog;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishes a message to the lab's topic, and remembers it for {@code verify}. */
public final class PublishToLab implements DriveStep<Sent.Message> {
  static final DriveAction<PublishSettings> ACTION =
      new DriveAction<>(
          "publish",
          SettingNames.NONE
              .needs("topic", "message")
              .takes("subject", PublishSettings.ATTRIBUTE + "*"),
          (with, samples) -> PublishSettings.of(with),
          PublishToLab::new);

  private final PublishSettings settings;
  private final String runId;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<Sent.Message> sent = Optional.empty();

  public PublishToLab(PublishSettings settings, Driven on) {
    this.settings = settings;
    this.runId = on.runId();
    this.cloud = on.cloud();
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Publish a message";
  }

  @Override
  public Sent.Message result() {
    return sent.orElseThrow();
  }

  @Override
  public void run(Progress progress) {
    String topic = bindings.references().resolve(settings.topic());
    SentLog log = LabLoads.sent(cloud, bindings);
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
    log.add(message);
  }
}
