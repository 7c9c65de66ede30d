package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template whose structure and references are sound; conditions and parameters have no values
 * yet.
 *
 * @param body as it was sent
 * @param rules members of the Rules section by name
 * @param conditions condition functions by name
 * @param unsupported what the embedded cloud does not implement, each with its line
 * @param lines line numbers from 1, by path
 */
public record Template(
    String body,
    @Nullable String version,
    @Nullable String description,
    @Nullable JsonNode metadata,
    Map<String, ParameterDeclaration> parameters,
    ObjectNode mappings,
    Map<String, JsonNode> rules,
    Map<String, JsonNode> conditions,
    Map<String, ResourceDeclaration> resources,
    Map<String, OutputDeclaration> outputs,
    List<String> unsupported,
    Map<String, Integer> lines) {

  /** Template bodies in a request, in bytes. */
  public static final int MAX_BODY_BYTES = 51_200;

  /** Templates behind a TemplateURL, in bytes. */
  public static final int MAX_URL_BYTES = 1_048_576;

  /**
   * Reads a template.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError with AWS's message
   */
  public static Template parse(String body) {
    return new TemplateReader(body).read();
  }

  /** The line of the member with these path segments, or 0 when it has none. */
  public int line(String... path) {
    return lines.getOrDefault("/" + String.join("/", path), 0);
  }

  /** {@code (line 12)}, for messages. */
  public String at(String... path) {
    return "(line " + line(path) + ")";
  }
}
