package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.AddPermissionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionResponse;

/** Resource policies of functions, statement by statement. */
final class PermissionActions {
  private static final Pattern STATEMENT_ID = Pattern.compile("[a-zA-Z0-9-_]{1,100}");
  private static final Pattern ACTION = Pattern.compile("lambda:[*]|lambda:[a-zA-Z]+|[*]");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com");

  private final Functions functions;
  private final CloudIdentity identity;

  PermissionActions(Functions functions, CloudIdentity identity) {
    this.functions = functions;
    this.identity = identity;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(AddPermissionRequest.class, this::addPermission)
        .on(RemovePermissionRequest.class, this::removePermission)
        .on(GetPolicyRequest.class, this::getPolicy);
  }

  AddPermissionResponse addPermission(AddPermissionRequest request) {
    check(request.statementId(), "statementId", STATEMENT_ID);
    check(request.action(), "action", ACTION);
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    function.version(name.qualifier());
    if (FunctionName.LATEST.equals(name.qualifier())) {
      throw Errors.invalid("We currently do not support adding policies for $LATEST.");
    }
    checkUrl(request);
    ObjectNode statement = statement(request, name);
    synchronized (function) {
      LambdaFunction.PolicyState policy = function.policy(name.qualifier());
      checkRevision(request.revisionId(), policy);
      function.setPolicy(
          name.qualifier(), Policies.with(policy == null ? null : policy.document(), statement));
    }
    return AddPermissionResponse.builder().statement(statement.toString()).build();
  }

  /** Each of the two permissions that a URL takes has a condition of its own. */
  private static void checkUrl(AddPermissionRequest request) {
    FunctionUrlAuthType type = request.functionUrlAuthType();
    if (type == FunctionUrlAuthType.UNKNOWN_TO_SDK_VERSION) {
      throw Errors.constraint(
          request.functionUrlAuthTypeAsString(),
          "functionUrlAuthType",
          "satisfy enum value set: [NONE, AWS_IAM]");
    }
    if (type != null && !request.action().equals("lambda:InvokeFunctionUrl")) {
      throw Errors.invalid(
          "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
    }
    if (request.invokedViaFunctionUrl() != null
        && !request.action().equals("lambda:InvokeFunction")) {
      throw Errors.invalid(
          "InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action");
    }
  }

  private ObjectNode statement(AddPermissionRequest request, FunctionName name) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Sid", request.statementId()).put("Effect", "Allow");
    principal(statement, request.principal());
    statement.put("Action", request.action()).put("Resource", name.arn(identity));
    ObjectNode condition = JsonNodeFactory.instance.objectNode();
    condition(condition, "StringEquals", "AWS:SourceAccount", request.sourceAccount());
    condition(condition, "ArnLike", "AWS:SourceArn", request.sourceArn());
    condition(condition, "StringEquals", "aws:PrincipalOrgID", request.principalOrgID());
    condition(condition, "StringEquals", "lambda:EventSourceToken", request.eventSourceToken());
    condition(
        condition,
        "StringEquals",
        "lambda:FunctionUrlAuthType",
        request.functionUrlAuthTypeAsString());
    if (Boolean.TRUE.equals(request.invokedViaFunctionUrl())) {
      condition(condition, "Bool", "lambda:InvokedViaFunctionUrl", "true");
    }
    if (!condition.isEmpty()) {
      statement.set("Condition", condition);
    }
    return statement;
  }

  private void principal(ObjectNode statement, @Nullable String principal) {
    if (principal == null) {
      throw Errors.missing("principal");
    }
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else if (SERVICE.matcher(principal).matches()) {
      statement.putObject("Principal").put("Service", principal);
    } else if (ACCOUNT.matcher(principal).matches()) {
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
    } else if (principal.startsWith("arn:")) {
      statement.putObject("Principal").put("AWS", principal);
    } else {
      throw Errors.invalid(
          "The provided principal was invalid. Please check the principal and try again.");
    }
  }

  private static void condition(
      ObjectNode condition, String operator, String key, @Nullable String value) {
    if (value != null) {
      condition.withObject("/" + operator).put(key, value);
    }
  }

  private static void check(@Nullable String value, String member, Pattern pattern) {
    if (value == null) {
      throw Errors.missing(member);
    }
    if (!pattern.matcher(value).matches()) {
      throw Errors.constraint(value, member, "satisfy regular expression pattern: " + pattern);
    }
  }

  private static void checkRevision(
      @Nullable String expected, LambdaFunction.@Nullable PolicyState policy) {
    if (expected != null && (policy == null || !expected.equals(policy.revision()))) {
      throw Errors.staleRevision();
    }
  }

  RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction function = functions.get(name);
    synchronized (function) {
      LambdaFunction.PolicyState policy = function.policy(name.qualifier());
      if (policy == null) {
        throw Errors.notFound("No policy is associated with the given resource.");
      }
      checkRevision(request.revisionId(), policy);
      function.setPolicy(
          name.qualifier(), Policies.without(policy.document(), request.statementId()));
    }
    return RemovePermissionResponse.builder().build();
  }

  GetPolicyResponse getPolicy(GetPolicyRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), request.qualifier());
    LambdaFunction.PolicyState policy = functions.get(name).policy(name.qualifier());
    if (policy == null) {
      throw Errors.notFound("The resource you requested does not exist.");
    }
    return GetPolicyResponse.builder()
        .policy(policy.document())
        .revisionId(policy.revision())
        .build();
  }
}
