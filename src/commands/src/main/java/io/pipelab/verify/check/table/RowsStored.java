package io.pipelab.verify.check.table;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A table holds each distinct row of the bucket's CSV files, with equal fields. Of rows with one
 * key and different fields, which no queue keeps in order, any will do. Items that come from
 * elsewhere are counted and do no harm.
 */
public record RowsStored(
    String table,
    String bucket,
    String prefix,
    String suffix,
    List<String> columns,
    List<String> keys)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("rows-stored")
          .needs("table", "bucket", "columns", "keys")
          .takes("prefix", "suffix")
          .within(Duration.ofMinutes(30))
          .madeBy(
              settings ->
                  new RowsStored(
                      settings.text("table"),
                      settings.text("bucket"),
                      settings.textOr("prefix", ""),
                      settings.textOr("suffix", ".csv"),
                      settings.texts("columns"),
                      settings.texts("keys")));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.filesIn(bucket).isEmpty()) {
      return Observation.expect("the rows of files as items").skipped("nothing was uploaded");
    }
    Map<List<String>, Set<Map<String, String>>> expected;
    try {
      expected = expected(scope);
    } catch (NoSuchBucketException e) {
      return Observation.expect("the rows of files as items").lacks("there is no " + bucket);
    }
    if (expected.isEmpty()) {
      return Observation.expect("the rows of files as items")
          .skipped("no file in " + bucket + " has a valid row");
    }
    Claim claim = Observation.expect(expected.size() + " distinct rows as items");
    long same = 0;
    long others = 0;
    String different = "";
    try {
      for (Map<String, AttributeValue> item : items(scope)) {
        Map<String, String> row = new LinkedHashMap<>();
        item.forEach((name, value) -> row.put(name, value.s()));
        Set<Map<String, String>> wanted = expected.get(key(row));
        if (wanted == null) {
          others++;
        } else if (wanted.contains(row)) {
          same++;
        } else {
          different = "; the item " + key(row) + " differs from its row";
        }
      }
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    String actual =
        same + " items with equal fields" + (others > 0 ? ", " + others + " from elsewhere" : "");
    if (!different.isEmpty()) {
      return claim.lacks(actual + different);
    }
    return same == expected.size() ? claim.holds(actual) : claim.notYet(actual);
  }

  private Map<List<String>, Set<Map<String, String>>> expected(CheckScope scope) {
    Map<List<String>, Set<Map<String, String>>> rows = new HashMap<>();
    scope
        .clients()
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> key.endsWith(suffix))
        .forEach(
            key ->
                CsvFile.in(scope.clients().s3(), bucket, key, columns, keys)
                    .rows()
                    .forEach(row -> rows.computeIfAbsent(key(row), k -> new HashSet<>()).add(row)));
    return rows;
  }

  private List<String> key(Map<String, String> row) {
    return keys.stream().map(each -> row.getOrDefault(each, "")).toList();
  }

  private Iterable<Map<String, AttributeValue>> items(CheckScope scope) {
    return scope
        .clients()
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items();
  }
}
