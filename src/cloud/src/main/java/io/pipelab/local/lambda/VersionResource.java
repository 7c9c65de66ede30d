package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;

/** AWS::Lambda::Version. */
final class VersionResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::Version")
          .createOnly("CodeSha256", "Description", "FunctionName")
          .required("FunctionName")
          .attributes("FunctionArn", "Version");

  private final VersionActions versions;
  private final FunctionActions functions;

  VersionResource(VersionActions versions, FunctionActions functions) {
    this.versions = versions;
    this.functions = functions;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    PublishVersionResponse version =
        versions.publishVersion(Pojos.bind(request.properties(), PublishVersionRequest.builder()));
    return PhysicalResource.of(version.functionArn())
        .with("FunctionArn", version.functionArn())
        .with("Version", version.version());
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            functions.deleteFunction(
                DeleteFunctionRequest.builder().functionName(current.physicalId()).build()));
  }
}
