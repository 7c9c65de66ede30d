package io.pipelab.verify.check.function;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.GetFunctionUrlConfigResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * A function has this URL, for callers without a signature, and answers in one piece.
 *
 * @param url as CloudFormation gave it out
 */
public record FunctionAddress(String function, String url) implements Check {
  public static final CheckType TYPE =
      CheckType.named("function-url")
          .needs("function", "url")
          .madeBy(settings -> new FunctionAddress(settings.text("function"), settings.text("url")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(function + " at " + url + ", auth NONE, BUFFERED");
    GetFunctionUrlConfigResponse has;
    try {
      has = scope.clients().lambda().getFunctionUrlConfig(get -> get.functionName(function));
    } catch (ResourceNotFoundException e) {
      return claim.lacks(function + " has no URL");
    }
    List<String> wrong = new ArrayList<>();
    if (!url.equals(has.functionUrl())) {
      wrong.add("its URL is " + has.functionUrl());
    }
    if (!"NONE".equals(has.authTypeAsString())) {
      wrong.add("it asks for a signature: auth " + has.authTypeAsString());
    }
    if (!"BUFFERED".equals(has.invokeModeAsString())) {
      wrong.add("its invoke mode is " + has.invokeModeAsString());
    }
    Observation seen = claim.unless(wrong, "exactly that");
    return wrong.isEmpty()
        ? seen
        : seen.fixedBy(
            "aws",
            "lambda",
            "update-function-url-config",
            "--function-name",
            function,
            "--auth-type",
            "NONE",
            "--invoke-mode",
            "BUFFERED");
  }
}
