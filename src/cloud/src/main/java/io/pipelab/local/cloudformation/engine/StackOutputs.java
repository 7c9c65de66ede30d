package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.OutputDeclaration;
import io.pipelab.local.cloudformation.template.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** Computes a stack's outputs and makes them its exports. */
final class StackOutputs {
  private StackOutputs() {}

  /**
   * Resolves the outputs with the stack's resources, and exports them.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError when an export is taken, or one that
   *     changes is in use
   */
  static void publish(Engine engine, LiveStack stack, Plan plan) {
    List<Output> outputs = new ArrayList<>();
    Map<String, String> exports = new LinkedHashMap<>();
    for (OutputDeclaration declaration : plan.outputs().values()) {
      String value = text(engine, stack, plan, declaration.value(), declaration.name());
      Output.Builder output =
          Output.builder()
              .outputKey(declaration.name())
              .outputValue(value)
              .description(declaration.description());
      if (declaration.exportName() != null) {
        String name = text(engine, stack, plan, declaration.exportName(), declaration.name());
        if (exports.put(name, value) != null) {
          throw Invalid.request(
              "Template format error: Output "
                  + declaration.name()
                  + " is malformed. Export with name "
                  + name
                  + " is declared twice");
        }
        output.exportName(name);
      }
      outputs.add(output.build());
    }
    engine.exports().publish(stack, exports);
    stack.publish(outputs);
  }

  private static String text(
      Engine engine, LiveStack stack, Plan plan, JsonNode value, String output) {
    JsonNode resolved = plan.resolve(value, new LiveValues(stack), engine.exports()::value);
    if (!resolved.isValueNode()) {
      throw Invalid.request(
          "Template format error: Output "
              + output
              + " is malformed. The Value field of every Outputs member must evaluate to a"
              + " String.");
    }
    return resolved.asText();
  }
}
