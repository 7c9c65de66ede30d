package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.CreateAliasResponse;
import software.amazon.awssdk.services.lambda.model.DeleteAliasRequest;
import software.amazon.awssdk.services.lambda.model.DeleteAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetAliasRequest;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.ListAliasesRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasResponse;

/** Names for versions of functions. */
final class AliasActions {
  private static final Pattern ALIAS = Pattern.compile("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");

  private final Functions functions;

  AliasActions(Functions functions) {
    this.functions = functions;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(CreateAliasRequest.class, this::createAlias)
        .on(GetAliasRequest.class, this::getAlias)
        .on(ListAliasesRequest.class, this::listAliases)
        .on(UpdateAliasRequest.class, this::updateAlias)
        .on(DeleteAliasRequest.class, this::deleteAlias);
  }

  CreateAliasResponse createAlias(CreateAliasRequest request) {
    LambdaFunction function = function(request.functionName());
    String name = request.name();
    if (name == null) {
      throw Errors.missing("name");
    }
    if (!ALIAS.matcher(name).matches()) {
      throw Errors.constraint(name, "name", "satisfy regular expression pattern: " + ALIAS);
    }
    refuseWeights(request.routingConfig());
    if (function.aliases().containsKey(name)) {
      throw Errors.conflict("Alias already exists: " + function.arn() + ":" + name);
    }
    checkVersion(function, request.functionVersion());
    AliasConfiguration alias =
        AliasConfiguration.builder()
            .aliasArn(function.arn() + ":" + name)
            .name(name)
            .functionVersion(request.functionVersion())
            .description(request.description() == null ? "" : request.description())
            .revisionId(UUID.randomUUID().toString())
            .build();
    function.putAlias(alias);
    return SameMembers.copy(alias, CreateAliasResponse.builder()).build();
  }

  private static void checkVersion(LambdaFunction function, @Nullable String version) {
    if (version == null) {
      throw Errors.missing("functionVersion");
    }
    if (!version.matches("\\$LATEST|[0-9]+")) {
      throw Errors.constraint(
          version, "functionVersion", "satisfy regular expression pattern: (\\$LATEST|[0-9]+)");
    }
    function.version(version);
  }

  private static void refuseWeights(@Nullable AliasRoutingConfiguration routing) {
    if (routing != null && !routing.additionalVersionWeights().isEmpty()) {
      throw AwsError.notImplemented("weights of Lambda aliases");
    }
  }

  GetAliasResponse getAlias(GetAliasRequest request) {
    AliasConfiguration alias = function(request.functionName()).alias(request.name());
    return SameMembers.copy(alias, GetAliasResponse.builder()).build();
  }

  ListAliasesResponse listAliases(ListAliasesRequest request) {
    List<AliasConfiguration> all =
        function(request.functionName()).aliases().values().stream()
            .filter(
                alias ->
                    request.functionVersion() == null
                        || request.functionVersion().equals(alias.functionVersion()))
            .toList();
    Page<AliasConfiguration> page = Page.of(all, request.marker(), request.maxItems(), 50);
    return ListAliasesResponse.builder().aliases(page.items()).nextMarker(page.next()).build();
  }

  UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
    LambdaFunction function = function(request.functionName());
    AliasConfiguration current = function.alias(request.name());
    if (request.revisionId() != null && !request.revisionId().equals(current.revisionId())) {
      throw Errors.staleRevision();
    }
    refuseWeights(request.routingConfig());
    AliasConfiguration.Builder next = current.toBuilder().revisionId(UUID.randomUUID().toString());
    if (request.functionVersion() != null) {
      checkVersion(function, request.functionVersion());
      next.functionVersion(request.functionVersion());
    }
    if (request.description() != null) {
      next.description(request.description());
    }
    AliasConfiguration changed = next.build();
    function.putAlias(changed);
    return SameMembers.copy(changed, UpdateAliasResponse.builder()).build();
  }

  DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    function(request.functionName()).deleteAlias(request.name());
    functions.deleted();
    return DeleteAliasResponse.builder().build();
  }

  private LambdaFunction function(@Nullable String name) {
    return functions.get(FunctionName.parse(name, null));
  }
}
