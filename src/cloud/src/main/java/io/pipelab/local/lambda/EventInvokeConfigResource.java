package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;

/** AWS::Lambda::EventInvokeConfig. */
final class EventInvokeConfigResource implements ResourceType {
  private final EventInvokeConfigActions configs;

  EventInvokeConfigResource(EventInvokeConfigActions configs) {
    this.configs = configs;
  }

  @Override
  public String typeName() {
    return "AWS::Lambda::EventInvokeConfig";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        "DestinationConfig",
        "FunctionName",
        "MaximumEventAgeInSeconds",
        "MaximumRetryAttempts",
        "Qualifier");
  }

  @Override
  public Set<String> required() {
    return Set.of("FunctionName", "Qualifier");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("FunctionName", "Qualifier");
  }

  @Override
  public Set<String> attributes() {
    return Set.of();
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    put(request);
    return PhysicalResource.of(request.generatedName(128));
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    put(after);
    return current;
  }

  private void put(ResourceRequest request) {
    configs.putFunctionEventInvokeConfig(
        Pojos.bind(request.properties(), PutFunctionEventInvokeConfigRequest.builder()));
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            configs.deleteFunctionEventInvokeConfig(
                DeleteFunctionEventInvokeConfigRequest.builder()
                    .functionName(last.text("FunctionName"))
                    .qualifier(last.text("Qualifier"))
                    .build()));
  }
}
