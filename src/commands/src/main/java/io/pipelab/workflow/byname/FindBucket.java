package io.pipelab.workflow.byname;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A bucket of Amazon S3, of this account. */
final class FindBucket implements PartKind {
  @Override
  public String word() {
    return "bucket";
  }

  @Override
  public Set<String> facts() {
    return Set.of("name", "arn");
  }

  @Override
  public boolean takesOpenNames() {
    return true;
  }

  @Override
  public List<Part> find(Search search, WantedName name) {
    return search.clients().s3().listBuckets().buckets().stream()
        .filter(bucket -> name.is(bucket.name()))
        .map(
            bucket ->
                new Part(
                    "AWS::S3::Bucket",
                    bucket.name(),
                    bucket.name(),
                    Map.of("name", bucket.name(), "arn", search.bucketArn(bucket.name())),
                    bucket.creationDate()))
        .toList();
  }
}
