package io.pipelab.local.ecs.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image says about the program in it (the {@code config} of an OCI image configuration).
 */
record ImageConfig(
    List<String> entryPoint,
    List<String> command,
    Map<String, String> environment,
    String workingDirectory) {

  static ImageConfig of(JsonNode document) {
    JsonNode config = document.path("config");
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : texts(config.path("Env"))) {
      int cut = variable.indexOf('=');
      if (cut > 0) {
        environment.put(variable.substring(0, cut), variable.substring(cut + 1));
      }
    }
    return new ImageConfig(
        texts(config.path("Entrypoint")),
        texts(config.path("Cmd")),
        environment,
        config.path("WorkingDir").asText(""));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /**
   * The words that start the container, as Docker joins them: an entry point of the task definition
   * makes the image's command void.
   */
  List<String> words(ContainerSpec spec) {
    List<String> words =
        new ArrayList<>(spec.entryPoint().isEmpty() ? entryPoint : spec.entryPoint());
    if (!spec.command().isEmpty()) {
      words.addAll(spec.command());
    } else if (spec.entryPoint().isEmpty()) {
      words.addAll(command);
    }
    return words;
  }
}
