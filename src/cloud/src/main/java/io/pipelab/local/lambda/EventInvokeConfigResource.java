package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;

/** AWS::Lambda::EventInvokeConfig. */
final class EventInvokeConfigResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::EventInvokeConfig")
          .createOnly("FunctionName", "Qualifier")
          .properties("DestinationConfig", "MaximumEventAgeInSeconds", "MaximumRetryAttempts")
          .required("FunctionName", "Qualifier");

  private final EventInvokeConfigActions configs;

  EventInvokeConfigResource(EventInvokeConfigActions configs) {
    this.configs = configs;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
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
