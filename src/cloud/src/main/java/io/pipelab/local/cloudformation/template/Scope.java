package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What names mean while a template is resolved. */
interface Scope {
  /**
   * The value of a parameter, pseudo parameter or resource; a missing node for {@code
   * AWS::NoValue}.
   */
  JsonNode ref(String name);

  /** The value of a resource's attribute. */
  JsonNode attribute(String logicalId, String attribute);

  /** Whether the named condition holds. */
  boolean condition(String name);

  /** A cell of the Mappings section. */
  JsonNode mapping(String map, String row, String cell);

  /** The value that another stack exports. */
  JsonNode importValue(String exportName);

  String region();
}
