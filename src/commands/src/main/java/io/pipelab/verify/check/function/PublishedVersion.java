package io.pipelab.verify.check.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.HttpCaller;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Functions run the code that {@code pipelab deploy-function} published last.
 *
 * @param url where the code tells which deployment it is ({@code {"deployment": ID}}); empty when
 *     nobody asks
 */
public record PublishedVersion(List<String> functions, String url) implements Check {
  private static final String DEPLOYED = "pipelab deploy-function ";
  private static final ObjectMapper JSON = new ObjectMapper();

  public static final CheckType TYPE =
      CheckType.named("published-version")
          .needs("functions")
          .takes("url")
          .within(Duration.ofMinutes(2))
          .madeBy(
              settings ->
                  new PublishedVersion(settings.texts("functions"), settings.textOr("url", "")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "a version of " + String.join(", ", functions) + " by deploy-function, in use");
    List<String> seen = new ArrayList<>();
    for (String function : functions) {
      Optional<FunctionConfiguration> newest;
      String live;
      try {
        LambdaClient lambda = scope.clients().lambda();
        newest = newest(lambda, function);
        live = lambda.getFunctionConfiguration(get -> get.functionName(function)).codeSha256();
      } catch (ResourceNotFoundException e) {
        return claim.lacks("there is no function " + function);
      }
      if (newest.isEmpty()) {
        return claim.toDo("nothing was deployed into " + function);
      }
      FunctionConfiguration version = newest.get();
      if (!String.valueOf(version.description()).startsWith(DEPLOYED)) {
        return claim.lacks(function + "'s version " + version.version() + " is of somebody else");
      }
      if (!version.codeSha256().equals(live)) {
        return claim.lacks(function + " runs other code than its version " + version.version());
      }
      seen.add(function + " " + version.version());
      String source = version.description().substring(DEPLOYED.length());
      if (!url.isEmpty() && !source.startsWith("of ")) {
        String wrong = answers(source);
        if (!wrong.isEmpty()) {
          return claim.lacks(wrong);
        }
        seen.add("the API answers from it");
      }
    }
    return claim.holds(String.join(", ", seen));
  }

  private static Optional<FunctionConfiguration> newest(LambdaClient lambda, String function) {
    return lambda
        .listVersionsByFunctionPaginator(list -> list.functionName(function))
        .versions()
        .stream()
        .filter(version -> !version.version().equals("$LATEST"))
        .reduce((first, second) -> number(first) > number(second) ? first : second);
  }

  private static long number(FunctionConfiguration version) {
    return Long.parseLong(version.version());
  }

  private String answers(String deployment) {
    try {
      HttpCaller.Answer answer = new HttpCaller().call("GET", url, "", null);
      String answered = JSON.readTree(answer.body()).path("deployment").asText();
      return answered.equals(deployment)
          ? ""
          : "GET " + url + " answers " + answer.status() + " from deployment \"" + answered + "\"";
    } catch (JsonProcessingException e) {
      return "GET " + url + " answers no JSON";
    } catch (IOException e) {
      return "GET " + url + " has no answer: " + e.getMessage();
    }
  }
}
