package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.lambda.execution.DeploymentPackage;
import io.pipelab.local.lambda.execution.Environments;
import io.pipelab.local.wire.SameMembers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.StateReasonCode;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;

/** Functions: create, describe, change, delete. */
final class FunctionActions {
  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Functions functions;
  private final CodeSource code;
  private final Environments environments;
  private final RoleSessions roles;
  private final CloudIdentity identity;
  private final CloudClock clock;

  FunctionActions(
      Functions functions,
      CodeSource code,
      Environments environments,
      RoleSessions roles,
      CloudIdentity identity,
      CloudClock clock) {
    this.functions = functions;
    this.code = code;
    this.environments = environments;
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
    UnsupportedSettings.refuse(request);
    if (request.role() == null) {
      throw Errors.missing("role");
    }
    if (request.runtimeAsString() == null || request.handler() == null) {
      throw Errors.invalid(
          "Runtime and Handler are mandatory parameters for functions created with deployment"
              + " packages.");
    }
    if (functions.exists(name.name())) {
      throw Errors.conflict("Function already exist: " + name.name());
    }
    String arn = identity.arn("lambda", "function:" + name.name());
    FunctionConfiguration settings =
        FunctionSettings.apply(FunctionSettings.defaults(name.name(), arn), asChange(request));
    if (request.hasArchitectures()) {
      settings = settings.toBuilder().architectures(request.architectures()).build();
    }
    checkRole(settings.role(), name.name());
    LambdaFunction function = create(arn, settings, request);
    FunctionConfiguration created =
        Boolean.TRUE.equals(request.publish())
            ? publish(function, null).configuration()
            : function.latest().configuration();
    return SameMembers.copy(pending(created), CreateFunctionResponse.builder()).build();
  }

  private LambdaFunction create(
      String arn, FunctionConfiguration settings, CreateFunctionRequest request) {
    DeploymentPackage given = code.fetch(request.code());
    try {
      LambdaFunction function = new LambdaFunction(arn, version(settings, given), request.tags());
      try {
        functions.add(function);
      } catch (AwsError e) {
        function.delete();
        throw e;
      }
      return function;
    } finally {
      given.release();
    }
  }

  private static UpdateFunctionConfigurationRequest asChange(CreateFunctionRequest request) {
    return SameMembers.copy(request, UpdateFunctionConfigurationRequest.builder()).build();
  }

  /** As AWS answers a creation: the function is Active by the time that anyone asks again. */
  private static FunctionConfiguration pending(FunctionConfiguration created) {
    return created.toBuilder()
        .state(State.PENDING)
        .stateReason("The function is being created.")
        .stateReasonCode(StateReasonCode.CREATING)
        .lastUpdateStatus((String) null)
        .build();
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
  private FunctionVersion version(FunctionConfiguration settings, DeploymentPackage code) {
    return new FunctionVersion(
        settings.toBuilder()
            .codeSha256(code.sha256())
            .codeSize(code.size())
            .lastModified(LAST_MODIFIED.format(clock.now()))
            .revisionId(UUID.randomUUID().toString())
            .state(State.ACTIVE)
            .lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
            .build(),
        code);
  }

  /** Publishes {@code $LATEST}, or returns the last version when nothing changed since. */
  FunctionVersion publish(LambdaFunction function, @Nullable String description) {
    FunctionVersion unchanged = function.unchangedVersion();
    return unchanged == null
        ? function.publish(description, LAST_MODIFIED.format(clock.now()))
        : unchanged;
  }

  GetFunctionResponse getFunction(GetFunctionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    FunctionVersion version = function.version(name.qualifier());
    GetFunctionResponse.Builder response =
        GetFunctionResponse.builder()
            .configuration(qualified(version, function, name.qualifier()))
            .code(
                location ->
                    location
                        .repositoryType("S3")
                        .location(version.code().zip().toUri().toString()));
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
    if (request.publishTo() != null) {
      throw AwsError.notImplemented("PublishTo of functions");
    }
    DeploymentPackage next = code.fetch(SameMembers.copy(request, FunctionCode.builder()).build());
    try {
      return SameMembers.copy(
              updateCode(function, next, request), UpdateFunctionCodeResponse.builder())
          .build();
    } finally {
      next.release();
    }
  }

  private FunctionConfiguration updateCode(
      LambdaFunction function, DeploymentPackage next, UpdateFunctionCodeRequest request) {
    FunctionVersion changed = version(function.latest().configuration(), next);
    if (Boolean.TRUE.equals(request.dryRun())) {
      return changed.configuration();
    }
    replace(function, changed);
    return inProgress(
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
    FunctionVersion changed = version(settings, latest.code());
    replace(function, changed);
    return SameMembers.copy(
            inProgress(changed.configuration()), UpdateFunctionConfigurationResponse.builder())
        .build();
  }

  private void replace(LambdaFunction function, FunctionVersion changed) {
    function.replaceLatest(changed);
    environments.retire(function.arn(), FunctionName.LATEST);
  }

  /** As AWS answers an update: it is Successful by the time that anyone asks again. */
  private static FunctionConfiguration inProgress(FunctionConfiguration changed) {
    return changed.toBuilder().lastUpdateStatus(LastUpdateStatus.IN_PROGRESS).build();
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
    return DeleteFunctionResponse.builder().statusCode(204).build();
  }
}
