package io.pipelab.verify.check.bucket;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket is there, keeps versions or does not, and is closed to the public or is not.
 *
 * @param versioning {@code Enabled}, {@code Suspended} or {@code off}; null for any
 */
public record BucketSettings(String bucket, @Nullable String versioning, boolean open)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("bucket-settings")
          .needs("bucket")
          .takes("versioning", "public")
          .madeBy(
              settings ->
                  new BucketSettings(
                      settings.text("bucket"),
                      settings.has("versioning") ? settings.text("versioning") : null,
                      Boolean.parseBoolean(settings.textOr("public", "false"))));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(words(versioning, open));
    S3Client s3 = scope.clients().s3();
    try {
      s3.headBucket(head -> head.bucket(bucket));
    } catch (NoSuchBucketException e) {
      return claim.lacks("there is no bucket " + bucket);
    }
    String versions = s3.getBucketVersioning(get -> get.bucket(bucket)).statusAsString();
    String hasVersioning = versions == null || versions.isEmpty() ? "off" : versions;
    List<String> wrong = new ArrayList<>();
    List<List<String>> fix = new ArrayList<>();
    if (versioning != null && !hasVersioning.equals(versioning)) {
      wrong.add("versioning is " + hasVersioning + ", not " + versioning);
      fix.add(
          call(
              "put-bucket-versioning",
              "--versioning-configuration",
              "Status=" + (versioning.equals("Enabled") ? versioning : "Suspended")));
    }
    boolean isOpen = !blocked(s3);
    if (isOpen != open) {
      wrong.add(isOpen ? "public access is not blocked" : "public access is blocked");
      fix.add(
          open
              ? call("delete-public-access-block")
              : call(
                  "put-public-access-block",
                  "--public-access-block-configuration",
                  "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,"
                      + "RestrictPublicBuckets=true"));
    }
    Observation seen =
        claim.unless(wrong, words(versioning == null ? null : hasVersioning, isOpen));
    return wrong.isEmpty() ? seen : seen.fixedBy(new ShellCommand(fix));
  }

  private List<String> call(String action, String... more) {
    List<String> call = new ArrayList<>(List.of("aws", "s3api", action, "--bucket", bucket));
    call.addAll(List.of(more));
    return call;
  }

  private boolean blocked(S3Client s3) {
    try {
      PublicAccessBlockConfiguration block =
          s3.getPublicAccessBlock(get -> get.bucket(bucket)).publicAccessBlockConfiguration();
      return Boolean.TRUE.equals(block.blockPublicAcls())
          && Boolean.TRUE.equals(block.blockPublicPolicy())
          && Boolean.TRUE.equals(block.ignorePublicAcls())
          && Boolean.TRUE.equals(block.restrictPublicBuckets());
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return false;
      }
      throw e;
    }
  }

  private String words(@Nullable String versions, boolean isOpen) {
    return bucket
        + (versions == null ? "" : ", versioning " + versions)
        + (isOpen ? ", public" : ", not public");
  }
}
