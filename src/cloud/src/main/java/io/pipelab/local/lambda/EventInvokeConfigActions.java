package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionEventInvokeConfigsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionEventInvokeConfigsResponse;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionEventInvokeConfigResponse;

/** How asynchronous events are retried and where they go in the end. */
final class EventInvokeConfigActions {
  private final Functions functions;
  private final CloudClock clock;

  EventInvokeConfigActions(Functions functions, CloudClock clock) {
    this.functions = functions;
    this.clock = clock;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(PutFunctionEventInvokeConfigRequest.class, this::putFunctionEventInvokeConfig)
        .on(UpdateFunctionEventInvokeConfigRequest.class, this::updateFunctionEventInvokeConfig)
        .on(GetFunctionEventInvokeConfigRequest.class, this::getFunctionEventInvokeConfig)
        .on(DeleteFunctionEventInvokeConfigRequest.class, this::deleteFunctionEventInvokeConfig)
        .on(ListFunctionEventInvokeConfigsRequest.class, this::listFunctionEventInvokeConfigs);
  }

  PutFunctionEventInvokeConfigResponse putFunctionEventInvokeConfig(
      PutFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    FunctionEventInvokeConfig config =
        store(
            name,
            FunctionEventInvokeConfig.builder().build(),
            request.maximumRetryAttempts(),
            request.maximumEventAgeInSeconds(),
            request.destinationConfig());
    return SameMembers.copy(config, PutFunctionEventInvokeConfigResponse.builder()).build();
  }

  UpdateFunctionEventInvokeConfigResponse updateFunctionEventInvokeConfig(
      UpdateFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    FunctionEventInvokeConfig config =
        store(
            name,
            find(name),
            request.maximumRetryAttempts(),
            request.maximumEventAgeInSeconds(),
            request.destinationConfig());
    return SameMembers.copy(config, UpdateFunctionEventInvokeConfigResponse.builder()).build();
  }

  private FunctionEventInvokeConfig store(
      FunctionName name,
      FunctionEventInvokeConfig base,
      @Nullable Integer retries,
      @Nullable Integer age,
      @Nullable DestinationConfig destinations) {
    within(retries, "maximumRetryAttempts", 0, 2);
    within(age, "maximumEventAgeInSeconds", 60, 21600);
    if (retries == null && age == null && destinations == null) {
      throw Errors.invalid(
          "You must specify at least one of error handling or destination setting.");
    }
    check(destinations, name);
    LambdaFunction function = functions.get(name);
    function.version(name.qualifier());
    FunctionEventInvokeConfig config =
        base.toBuilder()
            .functionArn(function.arn() + ":" + name.version())
            .lastModified(clock.now())
            .maximumRetryAttempts(retries == null ? base.maximumRetryAttempts() : retries)
            .maximumEventAgeInSeconds(age == null ? base.maximumEventAgeInSeconds() : age)
            .destinationConfig(destinations == null ? base.destinationConfig() : destinations)
            .build();
    function.setEventInvokeConfig(name.qualifier(), config);
    return config;
  }

  private static void within(@Nullable Integer value, String member, int least, int most) {
    if (value != null && value < least) {
      throw Errors.constraint(value, member, "have value greater than or equal to " + least);
    }
    if (value != null && value > most) {
      throw Errors.constraint(value, member, "have value less than or equal to " + most);
    }
  }

  private static void check(@Nullable DestinationConfig config, FunctionName name) {
    if (config == null) {
      return;
    }
    if (config.onSuccess() != null && config.onSuccess().destination() != null) {
      check(config.onSuccess().destination(), name);
    }
    if (config.onFailure() != null && config.onFailure().destination() != null) {
      check(config.onFailure().destination(), name);
    }
  }

  private static void check(String destination, FunctionName name) {
    Destinations.check(destination);
    if (destination.matches("arn:[^:]+:lambda:.*:function:" + name.name() + "(:.*)?")) {
      throw Errors.invalid("You can't specify the function as a destination for itself.");
    }
  }

  GetFunctionEventInvokeConfigResponse getFunctionEventInvokeConfig(
      GetFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    return SameMembers.copy(find(name), GetFunctionEventInvokeConfigResponse.builder()).build();
  }

  DeleteFunctionEventInvokeConfigResponse deleteFunctionEventInvokeConfig(
      DeleteFunctionEventInvokeConfigRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    find(name);
    functions.get(name).setEventInvokeConfig(name.qualifier(), null);
    return DeleteFunctionEventInvokeConfigResponse.builder().build();
  }

  ListFunctionEventInvokeConfigsResponse listFunctionEventInvokeConfigs(
      ListFunctionEventInvokeConfigsRequest request) {
    LambdaFunction function = functions.get(FunctionName.parse(request.functionName(), null));
    Page<FunctionEventInvokeConfig> page =
        Page.of(function.eventInvokeConfigs(), request.marker(), request.maxItems(), 50);
    return ListFunctionEventInvokeConfigsResponse.builder()
        .functionEventInvokeConfigs(page.items())
        .nextMarker(page.next())
        .build();
  }

  private FunctionEventInvokeConfig find(FunctionName name) {
    LambdaFunction function = functions.get(name);
    FunctionEventInvokeConfig config = function.eventInvokeConfig(name.qualifier());
    if (config == null) {
      throw Errors.notFound(
          "The function "
              + function.arn()
              + ":"
              + name.version()
              + " doesn't have an EventInvokeConfig");
    }
    return config;
  }
}
