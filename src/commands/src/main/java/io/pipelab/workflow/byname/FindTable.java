package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table of Amazon DynamoDB. */
final class FindTable implements PartKind {
  @Override
  public String word() {
    return "table";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    try {
      TableDescription table =
          search.clients().dynamoDb().describeTable(get -> get.tableName(name.text())).table();
      return List.of(
          new Part(
              "AWS::DynamoDB::Table",
              table.tableName(),
              table.tableName(),
              Map.of("name", table.tableName(), "arn", table.tableArn()),
              table.creationDateTime()));
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }
}
