package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionUrlConfigResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionUrlConfigResponse;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.FunctionUrlConfig;
import software.amazon.awssdk.services.lambda.model.GetFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionUrlConfigResponse;
import software.amazon.awssdk.services.lambda.model.InvokeMode;
import software.amazon.awssdk.services.lambda.model.ListFunctionUrlConfigsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionUrlConfigsResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionUrlConfigRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionUrlConfigResponse;

/** URLs of functions: at most one for {@code $LATEST} and one for each alias. */
final class UrlActions {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 32;
  private static final int MOST = 50;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

  private final Functions functions;
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final SecureRandom random = new SecureRandom();

  UrlActions(Functions functions, CloudIdentity identity, CloudClock clock) {
    this.functions = functions;
    this.identity = identity;
    this.clock = clock;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(CreateFunctionUrlConfigRequest.class, this::create)
        .on(GetFunctionUrlConfigRequest.class, this::get)
        .on(UpdateFunctionUrlConfigRequest.class, this::update)
        .on(DeleteFunctionUrlConfigRequest.class, this::delete)
        .on(ListFunctionUrlConfigsRequest.class, this::list);
  }

  CreateFunctionUrlConfigResponse create(CreateFunctionUrlConfigRequest request) {
    FunctionName name = name(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    checkAuthType(request.authType(), request.authTypeAsString(), true);
    checkMode(request.invokeMode(), request.invokeModeAsString());
    if (name.qualifier() != null) {
      function.alias(name.qualifier());
    }
    if (function.url(name.qualifier()) != null) {
      throw Errors.conflict(
          "Failed to create function url config for [functionArn = "
              + name.arn(identity)
              + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
    }
    String id = newId();
    FunctionUrlConfig config =
        FunctionUrlConfig.builder()
            .functionUrl(identity.endpoint() + UrlEndpoint.ADDRESS.prefix() + id + "/")
            .functionArn(name.arn(identity))
            .creationTime(now())
            .lastModifiedTime(now())
            .authType(request.authType())
            .cors(request.cors())
            .invokeMode(InvokeMode.BUFFERED)
            .build();
    function.setUrl(name.qualifier(), new FunctionUrl(id, name.qualifier(), config));
    return SameMembers.copy(config, CreateFunctionUrlConfigResponse.builder()).build();
  }

  GetFunctionUrlConfigResponse get(GetFunctionUrlConfigRequest request) {
    FunctionUrl url = url(name(request.functionName(), request.qualifier()));
    return SameMembers.copy(url.config(), GetFunctionUrlConfigResponse.builder()).build();
  }

  UpdateFunctionUrlConfigResponse update(UpdateFunctionUrlConfigRequest request) {
    FunctionName name = name(request.functionName(), request.qualifier());
    FunctionUrl url = url(name);
    checkAuthType(request.authType(), request.authTypeAsString(), false);
    checkMode(request.invokeMode(), request.invokeModeAsString());
    FunctionUrlConfig.Builder next = url.config().toBuilder().lastModifiedTime(now());
    if (request.authType() != null) {
      next.authType(request.authType());
    }
    if (request.cors() != null) {
      next.cors(request.cors());
    }
    FunctionUrlConfig changed = next.build();
    functions.get(name).setUrl(name.qualifier(), url.with(changed));
    return SameMembers.copy(changed, UpdateFunctionUrlConfigResponse.builder()).build();
  }

  DeleteFunctionUrlConfigResponse delete(DeleteFunctionUrlConfigRequest request) {
    FunctionName name = name(request.functionName(), request.qualifier());
    url(name);
    functions.get(name).setUrl(name.qualifier(), null);
    return DeleteFunctionUrlConfigResponse.builder().build();
  }

  ListFunctionUrlConfigsResponse list(ListFunctionUrlConfigsRequest request) {
    LambdaFunction function = functions.get(name(request.functionName(), null));
    List<FunctionUrlConfig> all = function.urls().stream().map(FunctionUrl::config).toList();
    Page<FunctionUrlConfig> page = Page.of(all, request.marker(), request.maxItems(), MOST);
    return ListFunctionUrlConfigsResponse.builder()
        .functionUrlConfigs(page.items())
        .nextMarker(page.next())
        .build();
  }

  /** The alias may be named beside the function or behind its name; a version may not. */
  private static FunctionName name(@Nullable String function, @Nullable String qualifier) {
    FunctionName name = FunctionName.parse(function, qualifier);
    String alias = name.qualifier();
    if (alias != null && (alias.equals(FunctionName.LATEST) || alias.matches("\\d+"))) {
      throw Errors.constraint(
          alias, "qualifier", "satisfy regular expression pattern: (?!^\\d+$)^[0-9a-zA-Z-_]+$");
    }
    return name;
  }

  private FunctionUrl url(FunctionName name) {
    FunctionUrl url = functions.get(name).url(name.qualifier());
    if (url == null) {
      throw Errors.notFound("The resource you requested does not exist.");
    }
    return url;
  }

  private static void checkAuthType(
      @Nullable FunctionUrlAuthType type, @Nullable String given, boolean required) {
    if (type == null && required) {
      throw Errors.missing("authType");
    }
    if (type == FunctionUrlAuthType.UNKNOWN_TO_SDK_VERSION) {
      throw Errors.constraint(
          String.valueOf(given), "authType", "satisfy enum value set: [NONE, AWS_IAM]");
    }
  }

  private static void checkMode(@Nullable InvokeMode mode, @Nullable String given) {
    if (mode == InvokeMode.RESPONSE_STREAM) {
      throw AwsError.notImplemented("the invoke mode RESPONSE_STREAM of function URLs");
    }
    if (mode == InvokeMode.UNKNOWN_TO_SDK_VERSION) {
      throw Errors.constraint(
          String.valueOf(given),
          "invokeMode",
          "satisfy enum value set: [BUFFERED, RESPONSE_STREAM]");
    }
  }

  private String now() {
    return TIME.format(clock.now().atOffset(ZoneOffset.UTC));
  }

  private String newId() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
