package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** A function of AWS Lambda. */
final class FindFunction implements PartKind {
  @Override
  public String word() {
    return "function";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    try {
      GetFunctionConfigurationResponse found =
          search.clients().lambda().getFunctionConfiguration(get -> get.functionName(name.text()));
      return List.of(
          new Part(
              "AWS::Lambda::Function",
              found.functionName(),
              found.functionName(),
              Map.of("name", found.functionName(), "arn", found.functionArn())));
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }
}
