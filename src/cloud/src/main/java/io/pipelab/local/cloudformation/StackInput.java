package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.RollbackConfiguration;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

/**
 * What CreateStack, UpdateStack and CreateChangeSet have in common; what is not implemented is
 * refused by name here.
 *
 * @param tags null to keep the stack's
 */
record StackInput(
    @Nullable String templateBody,
    @Nullable String templateUrl,
    boolean usePreviousTemplate,
    List<Parameter> parameters,
    @Nullable List<Tag> tags,
    List<String> capabilities,
    @Nullable String roleArn,
    @Nullable Integer timeoutMinutes,
    Deployment.OnFailure onFailure,
    boolean retainExceptOnCreate,
    @Nullable String token) {

  static StackInput of(CreateStackRequest request) {
    refuse("NotificationARNs", !request.notificationARNs().isEmpty());
    refuse("ResourceTypes", !request.resourceTypes().isEmpty());
    refuse("StackPolicyBody", request.stackPolicyBody() != null);
    refuse("StackPolicyURL", request.stackPolicyURL() != null);
    refuseTriggers(request.rollbackConfiguration());
    if (request.disableRollback() != null && request.onFailure() != null) {
      throw Invalid.request("Specify either DisableRollback or OnFailure, but not both.");
    }
    Deployment.OnFailure onFailure =
        Boolean.TRUE.equals(request.disableRollback())
            ? Deployment.OnFailure.DO_NOTHING
            : onFailure(request.onFailure());
    return new StackInput(
        request.templateBody(),
        request.templateURL(),
        false,
        request.parameters(),
        request.tags(),
        names(request.capabilities()),
        request.roleARN(),
        request.timeoutInMinutes(),
        onFailure,
        Boolean.TRUE.equals(request.retainExceptOnCreate()),
        request.clientRequestToken());
  }

  static StackInput of(UpdateStackRequest request) {
    refuse("NotificationARNs", !request.notificationARNs().isEmpty());
    refuse("ResourceTypes", !request.resourceTypes().isEmpty());
    refuse("StackPolicyBody", request.stackPolicyBody() != null);
    refuse("StackPolicyURL", request.stackPolicyURL() != null);
    refuse("StackPolicyDuringUpdateBody", request.stackPolicyDuringUpdateBody() != null);
    refuse("StackPolicyDuringUpdateURL", request.stackPolicyDuringUpdateURL() != null);
    refuseTriggers(request.rollbackConfiguration());
    return new StackInput(
        request.templateBody(),
        request.templateURL(),
        Boolean.TRUE.equals(request.usePreviousTemplate()),
        request.parameters(),
        request.hasTags() ? request.tags() : null,
        names(request.capabilities()),
        request.roleARN(),
        null,
        Boolean.TRUE.equals(request.disableRollback())
            ? Deployment.OnFailure.DO_NOTHING
            : Deployment.OnFailure.ROLLBACK,
        Boolean.TRUE.equals(request.retainExceptOnCreate()),
        request.clientRequestToken());
  }

  static StackInput of(CreateChangeSetRequest request) {
    refuse("NotificationARNs", !request.notificationARNs().isEmpty());
    refuse("ResourceTypes", !request.resourceTypes().isEmpty());
    refuse("ResourcesToImport", !request.resourcesToImport().isEmpty());
    refuse("DeploymentMode", request.deploymentModeAsString() != null);
    refuseTriggers(request.rollbackConfiguration());
    return new StackInput(
        request.templateBody(),
        request.templateURL(),
        Boolean.TRUE.equals(request.usePreviousTemplate()),
        request.parameters(),
        request.hasTags() ? request.tags() : null,
        names(request.capabilities()),
        request.roleARN(),
        null,
        onFailure(request.onStackFailure()),
        false,
        null);
  }

  private static Deployment.OnFailure onFailure(@Nullable OnFailure given) {
    if (given == null) {
      return Deployment.OnFailure.ROLLBACK;
    }
    return switch (given) {
      case DO_NOTHING -> Deployment.OnFailure.DO_NOTHING;
      case ROLLBACK -> Deployment.OnFailure.ROLLBACK;
      case DELETE -> Deployment.OnFailure.DELETE;
      default -> throw badEnum("onFailure", "[ROLLBACK, DELETE, DO_NOTHING]");
    };
  }

  private static Deployment.OnFailure onFailure(@Nullable OnStackFailure given) {
    if (given == null) {
      return Deployment.OnFailure.ROLLBACK;
    }
    return switch (given) {
      case DO_NOTHING -> Deployment.OnFailure.DO_NOTHING;
      case ROLLBACK -> Deployment.OnFailure.ROLLBACK;
      case DELETE -> Deployment.OnFailure.DELETE;
      default -> throw badEnum("onStackFailure", "[ROLLBACK, DELETE, DO_NOTHING]");
    };
  }

  private static AwsError badEnum(String member, String allowed) {
    return Invalid.request(
        "1 validation error detected: Value at '"
            + member
            + "' failed to satisfy constraint: Member must satisfy enum value set: "
            + allowed);
  }

  private static List<String> names(List<Capability> capabilities) {
    return capabilities.stream().map(Capability::toString).toList();
  }

  private static void refuseTriggers(@Nullable RollbackConfiguration configuration) {
    refuse(
        "RollbackConfiguration",
        configuration != null && !configuration.rollbackTriggers().isEmpty());
  }

  private static void refuse(String parameter, boolean given) {
    if (given) {
      throw AwsError.notImplemented("CloudFormation's request parameter " + parameter);
    }
  }
}
