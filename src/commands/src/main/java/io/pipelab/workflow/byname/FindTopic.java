package io.pipelab.workflow.byname;

import io.pipelab.lab.ShellCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sns.model.Topic;

/** A topic of Amazon SNS. */
final class FindTopic implements PartKind {
  @Override
  public String word() {
    return "topic";
  }

  @Override
  public Set<String> facts() {
    return Set.of("arn", "name");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search.clients().sns().listTopicsPaginator().topics().stream()
        .map(Topic::topicArn)
        .filter(arn -> name.is(nameOf(arn)))
        .map(
            arn ->
                new Part(
                    "AWS::SNS::Topic", nameOf(arn), arn, Map.of("arn", arn, "name", nameOf(arn))))
        .toList();
  }

  private static String nameOf(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  @Override
  public Optional<ShellCommand> making(WantedName name) {
    return Optional.of(ShellCommand.of("aws", "sns", "create-topic", "--name", name.text()));
  }
}
