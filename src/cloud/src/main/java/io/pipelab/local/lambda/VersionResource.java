package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;

/** AWS::Lambda::Version. */
final class VersionResource implements ResourceType {
  private final VersionActions versions;
  private final FunctionActions functions;

  VersionResource(VersionActions versions, FunctionActions functions) {
    this.versions = versions;
    this.functions = functions;
  }

  @Override
  public String typeName() {
    return "AWS::Lambda::Version";
  }

  @Override
  public Set<String> properties() {
    return Set.of("CodeSha256", "Description", "FunctionName");
  }

  @Override
  public Set<String> required() {
    return Set.of("FunctionName");
  }

  @Override
  public Set<String> replacedBy() {
    return properties();
  }

  @Override
  public Set<String> attributes() {
    return Set.of("FunctionArn", "Version");
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
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            functions.deleteFunction(
                DeleteFunctionRequest.builder().functionName(current.physicalId()).build()));
  }
}
