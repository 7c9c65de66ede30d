package io.pipelab.local.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;

/**
 * Notes what services tell EventBridge.
 *
 * @param told what was told, in order; may be read from other threads when the list allows that
 */
public record ToldEvents(List<Told> told) implements ServiceEvents {
  /** One event. */
  public record Told(String source, String detailType, List<String> resources, JsonNode detail) {}

  @Override
  public void happened(
      String source, String detailType, List<String> resources, Supplier<JsonNode> detail) {
    told.add(new Told(source, detailType, resources, detail.get()));
  }
}
