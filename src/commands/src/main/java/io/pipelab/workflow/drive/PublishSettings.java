package io.pipelab.workflow.drive;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.util.LinkedHashMap;
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
  static final String ATTRIBUTE = "attribute.";

  /** A message that can be sent. */
  public PublishSettings {
    if (message.isEmpty()) {
      throw Failure.usage("the message is empty", "SNS rejects empty messages");
    }
  }

  /**
   * The message that the lab's manifest drives it with.
   *
   * @throws Failure of kind USAGE when the lab has no topic to publish to
   */
  public static PublishSettings of(Lab lab) {
    return PublishToLab.ACTION.of(lab, "no topic to publish to", lab.folder());
  }

  static PublishSettings of(Settings with) {
    Map<String, String> attributes = new LinkedHashMap<>();
    with.names().stream()
        .filter(name -> name.startsWith(ATTRIBUTE))
        .forEach(name -> attributes.put(name.substring(ATTRIBUTE.length()), with.text(name)));
    return new PublishSettings(
        with.text("topic"),
        with.has("subject") ? with.text("subject") : null,
        with.text("message"),
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
