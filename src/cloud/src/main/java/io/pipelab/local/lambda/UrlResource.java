package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.CreateFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionUrlConfigResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionUrlConfigRequest;

/** AWS::Lambda::Url, whose Ref is the ARN of the function, with the alias if there is one. */
final class UrlResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::Url")
          .createOnly("Qualifier", "TargetFunctionArn")
          .properties("AuthType", "Cors", "InvokeMode")
          .required("AuthType", "TargetFunctionArn")
          .attributes("FunctionArn", "FunctionUrl");

  private final UrlActions urls;

  UrlResource(UrlActions urls) {
    this.urls = urls;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateFunctionUrlConfigResponse created =
        urls.create(Pojos.bind(properties(request), CreateFunctionUrlConfigRequest.builder()));
    return PhysicalResource.of(created.functionArn())
        .with("FunctionArn", created.functionArn())
        .with("FunctionUrl", created.functionUrl());
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    urls.update(Pojos.bind(properties(after), UpdateFunctionUrlConfigRequest.builder()));
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    ObjectNode which = properties(last).retain("FunctionName", "Qualifier");
    Absent.isFine(() -> urls.delete(Pojos.bind(which, DeleteFunctionUrlConfigRequest.builder())));
  }

  /** CloudFormation calls the function otherwise than the API does. */
  private static ObjectNode properties(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.set("FunctionName", properties.remove("TargetFunctionArn"));
    return properties;
  }
}
