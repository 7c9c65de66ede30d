package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** An event source mapping of AWS Lambda: it has no name but its function's. */
final class FindTrigger implements PartKind {
  @Override
  public String word() {
    return "trigger";
  }

  @Override
  public Set<String> facts() {
    return Set.of("uuid");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search
        .clients()
        .lambda()
        .listEventSourceMappingsPaginator(list -> list.functionName(name.text()))
        .eventSourceMappings()
        .stream()
        .map(
            one ->
                new Part(
                    "AWS::Lambda::EventSourceMapping",
                    name.text(),
                    one.uuid(),
                    Map.of("uuid", one.uuid())))
        .toList();
  }
}
