package io.pipelab.verify.check.table;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    List<String> keys,
    RowsSeen seen)
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
                      settings.texts("keys"),
                      new RowsSeen(settings.texts("keys"))));

  @Override
  public Observation look(CheckScope scope) {
    if (scope.filesIn(bucket).isEmpty()) {
      return Observation.expect("the rows of files as items").skipped("nothing was uploaded");
    }
    if (seen.isAtBeginning()) {
      try {
        seen.expect(rows(scope));
      } catch (NoSuchBucketException e) {
        return Observation.expect("the rows of files as items").lacks("there is no " + bucket);
      }
    }
    if (seen.expected() == 0) {
      return Observation.expect("the rows of files as items")
          .skipped("no file in " + bucket + " has a valid row");
    }
    Claim claim = Observation.expect(seen.expected() + " distinct rows as items");
    boolean whole;
    try {
      whole = seen.readOn(scope.clients().dynamoDb(), table);
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no table " + table);
    }
    if (!seen.different().isEmpty()) {
      return claim.lacks(seen.words() + "; the item " + seen.different() + " differs from its row");
    }
    if (!whole) {
      return claim.notYet(seen.words() + " so far, the table has more");
    }
    return seen.same() == seen.expected() ? claim.holds(seen.words()) : claim.notYet(seen.words());
  }

  private List<Map<String, String>> rows(CheckScope scope) {
    return scope
        .clients()
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> key.endsWith(suffix))
        .flatMap(
            key -> CsvFile.in(scope.clients().s3(), bucket, key, columns, keys).rows().stream())
        .toList();
  }
}
