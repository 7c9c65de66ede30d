package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionConcurrencyResponse;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsRequest;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConcurrencyResponse;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionConcurrencyResponse;

/** How many invocations may run at a time: the account's limit and what functions reserve of it. */
final class ConcurrencyActions {
  private static final int ACCOUNT = 1000;
  private static final int LEAST_UNRESERVED = 100;

  private final Functions functions;

  ConcurrencyActions(Functions functions) {
    this.functions = functions;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(PutFunctionConcurrencyRequest.class, this::putFunctionConcurrency)
        .on(GetFunctionConcurrencyRequest.class, this::getFunctionConcurrency)
        .on(DeleteFunctionConcurrencyRequest.class, this::deleteFunctionConcurrency)
        .on(GetAccountSettingsRequest.class, this::getAccountSettings);
  }

  PutFunctionConcurrencyResponse putFunctionConcurrency(PutFunctionConcurrencyRequest request) {
    LambdaFunction function = function(request.functionName());
    Integer reserved = request.reservedConcurrentExecutions();
    if (reserved == null) {
      throw Errors.missing("reservedConcurrentExecutions");
    }
    if (reserved < 0) {
      throw Errors.constraint(
          reserved, "reservedConcurrentExecutions", "have value greater than or equal to 0");
    }
    if (functions.unreservedConcurrency(ACCOUNT, function) - reserved < LEAST_UNRESERVED) {
      throw Errors.invalid(
          "Specified ReservedConcurrentExecutions for function decreases account's"
              + " UnreservedConcurrentExecution below its minimum value of ["
              + LEAST_UNRESERVED
              + "].");
    }
    function.reserveConcurrency(reserved);
    return PutFunctionConcurrencyResponse.builder().reservedConcurrentExecutions(reserved).build();
  }

  GetFunctionConcurrencyResponse getFunctionConcurrency(GetFunctionConcurrencyRequest request) {
    return GetFunctionConcurrencyResponse.builder()
        .reservedConcurrentExecutions(function(request.functionName()).reservedConcurrency())
        .build();
  }

  DeleteFunctionConcurrencyResponse deleteFunctionConcurrency(
      DeleteFunctionConcurrencyRequest request) {
    function(request.functionName()).reserveConcurrency(null);
    return DeleteFunctionConcurrencyResponse.builder().build();
  }

  GetAccountSettingsResponse getAccountSettings(GetAccountSettingsRequest request) {
    long code = functions.all().stream().mapToLong(each -> each.latest().code().size()).sum();
    return GetAccountSettingsResponse.builder()
        .accountLimit(
            limit ->
                limit
                    .totalCodeSize(80_530_636_800L)
                    .codeSizeUnzipped(262_144_000L)
                    .codeSizeZipped(52_428_800L)
                    .concurrentExecutions(ACCOUNT)
                    .unreservedConcurrentExecutions(functions.unreservedConcurrency(ACCOUNT, null)))
        .accountUsage(
            usage -> usage.totalCodeSize(code).functionCount((long) functions.all().size()))
        .build();
  }

  private LambdaFunction function(@Nullable String name) {
    return functions.get(FunctionName.parse(name, null));
  }
}
