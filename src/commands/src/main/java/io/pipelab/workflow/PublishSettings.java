package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.target.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is published.
 *
 * @param topic reference to the topic's ARN
 * @param attributes message attributes, all of type String
 */
public record PublishSettings(
    String topic, @Nullable String subject, String message, Map<String, String> attributes) {
  /** The drive action's name. */
  public static final String ACTION = "publish";

  private static final String ATTRIBUTE = "attribute.";

  /** A message that can be sent. */
  public PublishSettings {
    if (message.isEmpty()) {
      throw Failure.usage("the message is empty", "SNS takes none of that kind");
    }
  }

  /**
   * The message that the lab's manifest drives it with.
   *
   * @throws Failure of kind USAGE when the lab has no topic to publish to
   */
  public static PublishSettings of(Lab lab) {
    return of(DriveSettings.of(lab, ACTION, "no topic to publish to"));
  }

  static PublishSettings of(Lab.DriveSpec drive) {
    Map<String, String> attributes = new LinkedHashMap<>();
    drive
        .with()
        .forEach(
            (name, value) -> {
              if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), value);
              } else if (!List.of("topic", "subject", "message").contains(name)) {
                throw Failure.usage("drive action publish has no setting " + name, null);
              }
            });
    return new PublishSettings(
        DriveSettings.required(drive, "topic"),
        drive.with().get("subject"),
        DriveSettings.required(drive, "message"),
        attributes);
  }

  /** This, with what a user gives instead. */
  public PublishSettings with(
      @Nullable String otherSubject,
      @Nullable String otherMessage,
      Map<String, String> otherAttributes) {
    boolean own = otherMessage != null;
    return new PublishSettings(
        topic,
        otherSubject == null && !own ? subject : otherSubject,
        otherMessage != null ? otherMessage : message,
        otherAttributes.isEmpty() && !own ? attributes : otherAttributes);
  }
}
