package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;

/** AWS::Lambda::Permission. */
final class PermissionResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::Permission")
          .createOnly(
              "Action",
              "EventSourceToken",
              "FunctionName",
              "FunctionUrlAuthType",
              "InvokedViaFunctionUrl",
              "Principal",
              "PrincipalOrgID",
              "SourceAccount",
              "SourceArn")
          .required("Action", "FunctionName", "Principal")
          .attributes("Id");

  private final PermissionActions permissions;

  PermissionResource(PermissionActions permissions) {
    this.permissions = permissions;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
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
