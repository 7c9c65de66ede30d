package io.pipelab.local.eventbridge.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into an event, {@code $.detail.items[0].name} (EventBridge User Guide, "Amazon EventBridge
 * input transformation": JSONPath with dots, names in brackets, and indexes).
 */
public final class EventPath {
  private static final Pattern STEP =
      Pattern.compile("\\.([A-Za-z0-9_-]+)|\\['([^']+)'\\]|\\[(\\d{1,9})\\]");

  private final List<Object> steps;

  private EventPath(List<Object> steps) {
    this.steps = steps;
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static EventPath parse(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException(text);
    }
    List<Object> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text).region(1, text.length());
    while (step.lookingAt()) {
      String name = step.group(1) == null ? step.group(2) : step.group(1);
      steps.add(name == null ? (Object) Integer.valueOf(step.group(3)) : name);
      step.region(step.end(), text.length());
    }
    if (step.regionStart() != text.length()) {
      throw new IllegalArgumentException(text);
    }
    return new EventPath(List.copyOf(steps));
  }

  /** What is there; a missing node when nothing is. */
  public JsonNode in(JsonNode event) {
    JsonNode at = event;
    for (Object step : steps) {
      at = step instanceof Integer index ? at.path(index) : at.path(step.toString());
    }
    return at;
  }
}
