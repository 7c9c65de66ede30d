package io.pipelab.verify.check.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.HttpCaller;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * What a function calls carries its own role's keys, and its own name. The function is invoked with
 * {@code {"identify": true}} and answers a request GetCallerIdentity that it signed and did not
 * send: it may have no way to STS. The request is sent from here, and STS says who signed it.
 *
 * @param role the role's name
 */
public record FunctionIdentity(String function, String role) implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ARN = Pattern.compile("<Arn>([^<]*)</Arn>");

  public static final CheckType TYPE =
      CheckType.named("function-identity")
          .needs("function", "role")
          .madeBy(
              settings -> new FunctionIdentity(settings.text("function"), settings.text("role")));

  @Override
  public Observation look(CheckScope scope) {
    String session = "assumed-role/" + role + "/" + function;
    Claim claim = Observation.expect(function + " is " + session);
    InvokeResponse invoked;
    try {
      invoked =
          scope
              .clients()
              .lambdaInvocations()
              .invoke(
                  invoke ->
                      invoke
                          .functionName(function)
                          .payload(SdkBytes.fromUtf8String("{\"identify\":true}")));
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no function " + function);
    }
    if (invoked.functionError() != null) {
      return claim.lacks(function + " failed: " + invoked.payload().asUtf8String());
    }
    JsonNode request;
    try {
      request = JSON.readTree(invoked.payload().asUtf8String());
    } catch (JsonProcessingException e) {
      return claim.never(function + " answers what is not JSON");
    }
    if (request == null || !request.path("url").isTextual()) {
      return claim.never(function + " does not sign a request when it is asked to identify itself");
    }
    try {
      return judge(claim, session, send(request));
    } catch (IOException e) {
      return claim.lacks("STS does not answer what it signed: " + e.getMessage());
    }
  }

  private static HttpCaller.Answer send(JsonNode request) throws IOException {
    Map<String, String> headers = new HashMap<>();
    request
        .path("headers")
        .properties()
        .forEach(
            header -> {
              // The client writes it itself, from the URL.
              if (!header.getKey().equalsIgnoreCase("Host")) {
                headers.put(header.getKey(), header.getValue().asText());
              }
            });
    return new HttpCaller()
        .post(request.path("url").asText(), headers, request.path("body").asText());
  }

  private static Observation judge(Claim claim, String session, HttpCaller.Answer answer) {
    Matcher arn = ARN.matcher(answer.body());
    if (answer.status() != 200 || !arn.find()) {
      return claim.never("STS answers " + answer.status() + " to what it signed");
    }
    String is = arn.group(1);
    return is.endsWith(":" + session) ? claim.holds(is) : claim.never("it is " + is);
  }
}
