package io.pipelab.local.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image says about the program in it (the {@code config} of an OCI image configuration).
 */
public record ImageConfig(
    List<String> entryPoint,
    List<String> command,
    Map<String, String> environment,
    String workingDirectory) {

  /** Reads an image's configuration document. */
  public static ImageConfig of(JsonNode document) {
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
}
