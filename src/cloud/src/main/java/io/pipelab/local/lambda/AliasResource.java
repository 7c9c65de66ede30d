package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.wire.Pojos;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/** AWS::Lambda::Alias. */
final class AliasResource implements ResourceType {
  private final AliasActions aliases;

  AliasResource(AliasActions aliases) {
    this.aliases = aliases;
  }

  @Override
  public String typeName() {
    return "AWS::Lambda::Alias";
  }

  @Override
  public Set<String> properties() {
    return Set.of("Description", "FunctionName", "FunctionVersion", "Name", "RoutingConfig");
  }

  @Override
  public Set<String> required() {
    return Set.of("FunctionName", "FunctionVersion", "Name");
  }

  @Override
  public Set<String> replacedBy() {
    return Set.of("FunctionName", "Name");
  }

  @Override
  public Set<String> attributes() {
    return Set.of("AliasArn");
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
