package io.pipelab.verify.check.container;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.policy.PolicyStatement;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;

/**
 * A repository's policy lets a service of AWS fetch images, and nobody else do anything (AWS:
 * "Create a Lambda function using a container image", Amazon ECR permissions).
 *
 * @param service for example {@code lambda.amazonaws.com}
 */
public record RepositoryPull(String repository, String service) implements Check {
  private static final List<String> NEEDED =
      List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");

  public static final CheckType TYPE =
      CheckType.named("repository-pull")
          .needs("repository", "service")
          .madeBy(
              settings ->
                  new RepositoryPull(settings.text("repository"), settings.text("service")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(service + " may fetch images of " + repository);
    String policy;
    try {
      policy =
          scope
              .clients()
              .ecr()
              .getRepositoryPolicy(get -> get.repositoryName(repository))
              .policyText();
    } catch (RepositoryNotFoundException e) {
      return claim.lacks("there is no repository " + repository);
    } catch (RepositoryPolicyNotFoundException e) {
      return claim.never(repository + " has no policy");
    }
    List<String> wrong = new ArrayList<>();
    List<String> allowed = new ArrayList<>();
    for (PolicyStatement statement : PolicyStatement.parse(policy)) {
      if (statement.allow() && statement.principals().equals(List.of(service))) {
        allowed.addAll(statement.actions());
      } else if (statement.allow()) {
        wrong.add("it lets in " + String.join(", ", statement.principals()));
      } else {
        wrong.add("it denies " + String.join(", ", statement.actions()));
      }
    }
    NEEDED.stream()
        .filter(action -> !allowed.contains(action))
        .forEach(action -> wrong.add(service + " may not " + action));
    return claim.unless(wrong, "exactly that");
  }
}
