package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A log group of Amazon CloudWatch Logs. Nobody makes it by hand: it comes with the first line that
 * is logged, so its name is enough.
 */
final class FindLogGroup implements PartKind {
  @Override
  public String word() {
    return "log-group";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return List.of(
        new Part(
            "AWS::Logs::LogGroup",
            name.text(),
            name.text(),
            Map.of(
                "name",
                name.text(),
                "arn",
                search.arn("logs", "log-group:" + name.text() + ":*"))));
  }
}
