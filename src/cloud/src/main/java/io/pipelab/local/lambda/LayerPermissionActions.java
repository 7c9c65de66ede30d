package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.Actions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AddLayerVersionPermissionRequest;
import software.amazon.awssdk.services.lambda.model.AddLayerVersionPermissionResponse;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionPolicyResponse;
import software.amazon.awssdk.services.lambda.model.RemoveLayerVersionPermissionRequest;
import software.amazon.awssdk.services.lambda.model.RemoveLayerVersionPermissionResponse;

/** Who else may use a version of a layer. */
final class LayerPermissionActions {
  private final Layers layers;

  LayerPermissionActions(Layers layers) {
    this.layers = layers;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(AddLayerVersionPermissionRequest.class, this::addLayerVersionPermission)
        .on(RemoveLayerVersionPermissionRequest.class, this::removeLayerVersionPermission)
        .on(GetLayerVersionPolicyRequest.class, this::getLayerVersionPolicy);
  }

  AddLayerVersionPermissionResponse addLayerVersionPermission(
      AddLayerVersionPermissionRequest request) {
    LayerActions.requireNumber(request.versionNumber());
    ObjectNode statement = statement(request);
    LayerVersion changed =
        layers.change(
            request.layerName(),
            request.versionNumber(),
            version -> {
              checkRevision(request.revisionId(), version.policy());
              String before = version.policy() == null ? null : version.policy().document();
              return version.withPolicy(state(Policies.with(before, statement)));
            });
    return AddLayerVersionPermissionResponse.builder()
        .statement(statement.toString())
        .revisionId(changed.policy() == null ? null : changed.policy().revision())
        .build();
  }

  private ObjectNode statement(AddLayerVersionPermissionRequest request) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Sid", request.statementId()).put("Effect", "Allow");
    String principal = request.principal();
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else {
      String arn = principal.startsWith("arn:") ? principal : "arn:aws:iam::" + principal + ":root";
      statement.putObject("Principal").put("AWS", arn);
    }
    statement.put("Action", request.action());
    statement.put("Resource", layers.arn(request.layerName()) + ":" + request.versionNumber());
    if (request.organizationId() != null) {
      statement
          .putObject("Condition")
          .putObject("StringEquals")
          .put("aws:PrincipalOrgID", request.organizationId());
    }
    return statement;
  }

  private static LambdaFunction.@Nullable PolicyState state(@Nullable String document) {
    return document == null
        ? null
        : new LambdaFunction.PolicyState(document, UUID.randomUUID().toString());
  }

  private static void checkRevision(
      @Nullable String expected, LambdaFunction.@Nullable PolicyState policy) {
    if (expected != null && (policy == null || !expected.equals(policy.revision()))) {
      throw Errors.staleRevision();
    }
  }

  RemoveLayerVersionPermissionResponse removeLayerVersionPermission(
      RemoveLayerVersionPermissionRequest request) {
    LayerActions.requireNumber(request.versionNumber());
    layers.change(
        request.layerName(),
        request.versionNumber(),
        version -> {
          if (version.policy() == null) {
            throw Errors.notFound("No policy is associated with the given resource.");
          }
          checkRevision(request.revisionId(), version.policy());
          return version.withPolicy(
              state(Policies.without(version.policy().document(), request.statementId())));
        });
    return RemoveLayerVersionPermissionResponse.builder().build();
  }

  GetLayerVersionPolicyResponse getLayerVersionPolicy(GetLayerVersionPolicyRequest request) {
    LayerActions.requireNumber(request.versionNumber());
    LambdaFunction.PolicyState policy =
        layers.change(request.layerName(), request.versionNumber(), version -> version).policy();
    if (policy == null) {
      throw Errors.notFound("No policy is associated with the given resource.");
    }
    return GetLayerVersionPolicyResponse.builder()
        .policy(policy.document())
        .revisionId(policy.revision())
        .build();
  }
}
