package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/** AWS::Lambda::Alias. */
final class AliasResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::Alias")
          .createOnly("FunctionName", "Name")
          .properties("Description", "FunctionVersion", "RoutingConfig")
          .required("FunctionName", "FunctionVersion", "Name")
          .attributes("AliasArn");

  private final AliasActions aliases;

  AliasResource(AliasActions aliases) {
    this.aliases = aliases;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    CreateAliasRequest create = Pojos.bind(request.properties(), CreateAliasRequest.builder());
    String arn = aliases.createAlias(create).aliasArn();
    return PhysicalResource.of(arn).with("AliasArn", arn);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    UpdateAliasRequest change = Pojos.bind(after.properties(), UpdateAliasRequest.builder());
    String description = change.description() == null ? "" : change.description();
    aliases.updateAlias(change.toBuilder().description(description).build());
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            aliases.deleteAlias(
                DeleteAliasRequest.builder()
                    .functionName(last.text("FunctionName"))
                    .name(last.text("Name"))
                    .build()));
  }
}
