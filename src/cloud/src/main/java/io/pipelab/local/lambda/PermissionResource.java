package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;

/** AWS::Lambda::Permission. */
final class PermissionResource implements ResourceType {
  private final PermissionActions permissions;

  PermissionResource(PermissionActions permissions) {
    this.permissions = permissions;
  }

  @Override
  public String typeName() {
    return "AWS::Lambda::Permission";
  }

  @Override
  public Set<String> properties() {
    return Set.of(
        "Action",
        "EventSourceToken",
        "FunctionName",
        "FunctionUrlAuthType",
        "Principal",
        "PrincipalOrgID",
        "SourceAccount",
        "SourceArn");
  }

  @Override
  public Set<String> required() {
    return Set.of("Action", "FunctionName", "Principal");
  }

  @Override
  public Set<String> replacedBy() {
    return properties();
  }

  @Override
  public Set<String> attributes() {
    return Set.of("Id");
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    String id = request.generatedName(100);
    properties.put("StatementId", id);
    permissions.addPermission(Pojos.bind(properties, AddPermissionRequest.builder()));
    return PhysicalResource.of(id).with("Id", id);
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
            permissions.removePermission(
                RemovePermissionRequest.builder()
                    .functionName(last.text("FunctionName"))
                    .statementId(current.physicalId())
                    .build()));
  }
}
