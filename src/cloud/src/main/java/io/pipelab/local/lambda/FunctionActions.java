package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.lambda.execution.Environments;
import io.pipelab.local.lambda.execution.FunctionImage;
import io.pipelab.local.lambda.execution.StoredCode;
import io.pipelab.local.wire.SameMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.VpcConfig;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/** Functions: create, describe, change, delete. */
final class FunctionActions {
  private final Functions functions;
  private final CodeSource code;
  private final FunctionLayers layers;
  private final Environments environments;
  private final FunctionNetwork network;
  private final RoleSessions roles;
  private final CloudIdentity identity;
  private final CloudClock clock;

  FunctionActions(
      Functions functions,
      CodeSource code,
      FunctionLayers layers,
      Environments environments,
      FunctionNetwork network,
      RoleSessions roles,
      CloudIdentity identity,
      CloudClock clock) {
    this.functions = functions;
    this.code = code;
    this.layers = layers;
    this.environments = environments;
    this.network = network;
    this.roles = roles;
    this.identity = identity;
    this.clock = clock;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(CreateFunctionRequest.class, this::createFunction)
        .on(GetFunctionRequest.class, this::getFunction)
        .on(GetFunctionConfigurationRequest.class, this::getFunctionConfiguration)
        .on(ListFunctionsRequest.class, this::listFunctions)
        .on(UpdateFunctionCodeRequest.class, this::updateFunctionCode)
        .on(UpdateFunctionConfigurationRequest.class, this::updateFunctionConfiguration)
        .on(DeleteFunctionRequest.class, this::deleteFunction);
  }

  CreateFunctionResponse createFunction(CreateFunctionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), null);
    ImageSettings.check(request);
    if (request.role() == null) {
      throw Errors.missing("role");
    }
    if (functions.exists(name.name())) {
      throw Errors.conflict("Function already exist: " + name.name());
    }
    String arn = identity.arn("lambda", "function:" + name.name());
    FunctionConfiguration settings =
        FunctionSettings.apply(
            FunctionSettings.defaults(
                name.name(),
                arn,
                Objects.requireNonNullElse(request.packageType(), PackageType.ZIP)),
            asChange(request));
    if (request.hasArchitectures()) {
      settings = settings.toBuilder().architectures(request.architectures()).build();
    }
    checkRole(settings.role(), name.name());
    settings = placed(settings, request.vpcConfig(), false);
    LambdaFunction function;
    try {
      network.reserve(settings.vpcConfig(), name.name());
      function = create(arn, settings, request);
    } finally {
      network.settle(settings.vpcConfig());
    }
    FunctionConfiguration created =
        Boolean.TRUE.equals(request.publish())
            ? publish(function, null).configuration()
            : function.latest().configuration();
    return SameMembers.copy(FunctionStates.pending(created), CreateFunctionResponse.builder())
        .build();
  }

  /**
   * A configuration with the VPC that a request asks for.
   *
   * @param otherRole whether the request gives the function another role
   */
  private FunctionConfiguration placed(
      FunctionConfiguration settings, @Nullable VpcConfig wanted, boolean otherRole) {
    VpcConfigResponse now = settings.vpcConfig();
    boolean inside = now != null && !now.subnetIds().isEmpty();
    if (wanted == null) {
      if (inside && otherRole) {
        network.requirePermission(settings.role());
      }
      return settings;
    }
    boolean leaves = wanted.subnetIds().isEmpty() && wanted.securityGroupIds().isEmpty();
    return leaves && now == null
        ? settings
        : settings.toBuilder().vpcConfig(network.configure(wanted, settings.role())).build();
  }

  private LambdaFunction create(
      String arn, FunctionConfiguration settings, CreateFunctionRequest request) {
    List<LayerVersion> under = layers.find(request.layers());
    StoredCode given = code.fetch(request.code(), arn);
    try {
      StoredCode whole = FunctionLayers.over(given, under);
      try {
        requireRunnable(whole, settings);
        return add(
            new LambdaFunction(
                arn, version(FunctionLayers.configured(settings, under), whole), request.tags()));
      } finally {
        whole.release();
      }
    } finally {
      given.release();
    }
  }

  private LambdaFunction add(LambdaFunction function) {
    try {
      functions.add(function);
      return function;
    } catch (AwsError e) {
      function.delete();
      throw e;
    }
  }

  private static UpdateFunctionConfigurationRequest asChange(CreateFunctionRequest request) {
    return SameMembers.copy(request, UpdateFunctionConfigurationRequest.builder()).build();
  }

  /** Lambda tries the role when a function is created and when its role changes. */
  private void checkRole(String role, String session) {
    try {
      roles.issue(role, session, "lambda.amazonaws.com", Duration.ofMinutes(15));
    } catch (AwsError e) {
      throw Errors.invalid("The role defined for the function cannot be assumed by Lambda.");
    }
  }

  /** A state of {@code $LATEST} with a revision of its own. */
  private FunctionVersion version(FunctionConfiguration settings, StoredCode code) {
    return new FunctionVersion(
        FunctionStates.settled(settings, code).toBuilder()
            .codeSha256(code.sha256())
            .codeSize(code.size())
            .lastModified(LastModified.text(clock.now()))
            .revisionId(UUID.randomUUID().toString())
            .build(),
        code);
  }

  /** What an image says of its program is known before the function exists. */
  private static void requireRunnable(StoredCode code, FunctionConfiguration settings) {
    if (code instanceof FunctionImage image) {
      image.requireRunnable(ImageSettings.overrides(settings));
    }
  }

  /** Publishes {@code $LATEST}, or returns the last version when nothing changed since. */
  FunctionVersion publish(LambdaFunction function, @Nullable String description) {
    FunctionVersion unchanged = function.unchangedVersion();
    return unchanged == null
        ? function.publish(description, LastModified.text(clock.now()))
        : unchanged;
  }

  GetFunctionResponse getFunction(GetFunctionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    FunctionVersion version = function.version(name.qualifier());
    GetFunctionResponse.Builder response =
        GetFunctionResponse.builder()
            .configuration(qualified(version, function, name.qualifier()))
            .code(CodeSource.location(version.code()));
    if (!function.tags().isEmpty()) {
      response.tags(function.tags());
    }
    Integer reserved = function.reservedConcurrency();
    if (reserved != null) {
      response.concurrency(concurrency -> concurrency.reservedConcurrentExecutions(reserved));
    }
    return response.build();
  }

  /** The configuration under the ARN by which it was asked for. */
  private static FunctionConfiguration qualified(
      FunctionVersion version, LambdaFunction function, @Nullable String qualifier) {
    String arn = qualifier == null ? function.arn() : function.arn() + ":" + qualifier;
    return version.configuration().toBuilder().functionArn(arn).build();
  }

  GetFunctionConfigurationResponse getFunctionConfiguration(
      GetFunctionConfigurationRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    FunctionVersion version = function.version(name.qualifier());
    return SameMembers.copy(
            qualified(version, function, name.qualifier()),
            GetFunctionConfigurationResponse.builder())
        .build();
  }

  ListFunctionsResponse listFunctions(ListFunctionsRequest request) {
    List<FunctionConfiguration> all = new ArrayList<>();
    for (LambdaFunction function : functions.all()) {
      FunctionVersion latest = function.latest();
      if (request.functionVersion() == null) {
        all.add(latest.configuration());
      } else {
        all.add(qualified(latest, function, FunctionName.LATEST));
        function.published().forEach(version -> all.add(version.configuration()));
      }
    }
    Page<FunctionConfiguration> page = Page.of(all, request.marker(), request.maxItems(), 50);
    return ListFunctionsResponse.builder().functions(page.items()).nextMarker(page.next()).build();
  }

  UpdateFunctionCodeResponse updateFunctionCode(UpdateFunctionCodeRequest request) {
    LambdaFunction function = functions.get(FunctionName.parse(request.functionName(), null));
    checkRevision(request.revisionId(), function);
    FunctionCode given = SameMembers.copy(request, FunctionCode.builder()).build();
    ImageSettings.check(function.latest().configuration(), given);
    StoredCode fetched = code.fetch(given, function.arn());
    try {
      StoredCode next = FunctionLayers.keeping(function.latest().code(), fetched);
      try {
        return SameMembers.copy(
                updateCode(function, next, request), UpdateFunctionCodeResponse.builder())
            .build();
      } finally {
        next.release();
      }
    } finally {
      fetched.release();
    }
  }

  private FunctionConfiguration updateCode(
      LambdaFunction function, StoredCode next, UpdateFunctionCodeRequest request) {
    FunctionVersion latest = function.latest();
    requireRunnable(next, latest.configuration());
    FunctionVersion changed = version(latest.configuration(), next);
    if (Boolean.TRUE.equals(request.dryRun())) {
      return changed.configuration();
    }
    String problem = FunctionStates.problem(next);
    if (!problem.isEmpty()) {
      function.replaceLatest(FunctionStates.invalidImage(latest, problem));
      return FunctionStates.inProgress(latest.configuration());
    }
    replace(function, changed);
    return FunctionStates.inProgress(
        Boolean.TRUE.equals(request.publish())
            ? publish(function, null).configuration()
            : changed.configuration());
  }

  UpdateFunctionConfigurationResponse updateFunctionConfiguration(
      UpdateFunctionConfigurationRequest request) {
    LambdaFunction function = functions.get(FunctionName.parse(request.functionName(), null));
    checkRevision(request.revisionId(), function);
    FunctionVersion latest = function.latest();
    FunctionConfiguration settings = FunctionSettings.apply(latest.configuration(), request);
    if (request.role() != null) {
      checkRole(settings.role(), function.name());
    }
    settings = placed(settings, request.vpcConfig(), request.role() != null);
    requireRunnable(latest.code(), settings);
    List<LayerVersion> under = layers.find(request.layers());
    StoredCode whole =
        request.hasLayers()
            ? FunctionLayers.over(latest.code(), under)
            : FunctionLayers.keeping(latest.code(), latest.code());
    try {
      network.reserve(settings.vpcConfig(), function.name());
      FunctionVersion changed =
          version(
              request.hasLayers() ? FunctionLayers.configured(settings, under) : settings, whole);
      replace(function, withoutImage(latest, function.arn()).orElse(changed));
      return SameMembers.copy(
              FunctionStates.inProgress(changed.configuration()),
              UpdateFunctionConfigurationResponse.builder())
          .build();
    } finally {
      network.settle(settings.vpcConfig());
      whole.release();
    }
  }

  /** What is left of an update when Lambda does not get the function's image any more. */
  private Optional<FunctionVersion> withoutImage(FunctionVersion latest, String arn) {
    if (latest.code() instanceof FunctionImage image) {
      try {
        code.requireThere(image, arn);
      } catch (AwsError e) {
        return Optional.of(FunctionStates.imageGone(latest, e));
      }
    }
    return Optional.empty();
  }

  /** Environments of what is not there any more end; an update that failed changes nothing. */
  private void replace(LambdaFunction function, FunctionVersion changed) {
    boolean same = changed.revision().equals(function.latest().revision());
    function.replaceLatest(changed);
    if (!same) {
      environments.retire(function.arn(), FunctionName.LATEST);
    }
  }

  static void checkRevision(@Nullable String expected, LambdaFunction function) {
    if (expected != null && !expected.equals(function.latest().revision())) {
      throw Errors.staleRevision();
    }
  }

  DeleteFunctionResponse deleteFunction(DeleteFunctionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    String qualifier = name.qualifier();
    if (qualifier == null) {
      functions.remove(function);
      environments.retire(function.arn(), null);
      function.delete();
    } else if (qualifier.equals(FunctionName.LATEST)) {
      throw Errors.invalid("$LATEST version cannot be deleted without deleting the function.");
    } else if (function.aliases().containsKey(qualifier)) {
      throw Errors.invalid("An alias cannot be deleted as a version: use DeleteAlias.");
    } else {
      function.deleteVersion(qualifier);
      environments.retire(function.arn(), qualifier);
    }
    functions.deleted();
    network.settle(null);
    return DeleteFunctionResponse.builder().statusCode(204).build();
  }
}
