package io.pipelab.verify.check.bucket;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket's lifecycle rule expires objects, and their old versions, after so many days. */
public record BucketLifecycle(
    String bucket, String rule, String prefix, long expireDays, long noncurrentDays)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("bucket-lifecycle")
          .needs("bucket", "rule", "prefix", "expireDays", "noncurrentDays")
          .madeBy(
              settings ->
                  new BucketLifecycle(
                      settings.text("bucket"),
                      settings.text("rule"),
                      settings.text("prefix"),
                      settings.number("expireDays"),
                      settings.number("noncurrentDays")));

  @Override
  public Observation look(CheckScope scope) {
    String expected = words("Enabled", prefix, expireDays, noncurrentDays);
    Claim claim = Observation.expect(expected);
    List<LifecycleRule> rules;
    try {
      rules =
          scope.clients().s3().getBucketLifecycleConfiguration(get -> get.bucket(bucket)).rules();
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return claim.never("nothing expires");
      }
      throw e;
    }
    for (LifecycleRule one : rules) {
      if (rule.equals(one.id())) {
        String actual = words(one);
        return actual.equals(expected) ? claim.holds(actual) : claim.never(actual);
      }
    }
    return claim.never("there is no rule " + rule);
  }

  /** The prefix stands in the filter, or where it stood before there were filters. */
  private String words(LifecycleRule one) {
    @SuppressWarnings("deprecation")
    String old = one.prefix();
    String has = one.filter() == null ? old : one.filter().prefix();
    boolean on = one.status() == ExpirationStatus.ENABLED;
    Integer days = one.expiration() == null ? null : one.expiration().days();
    Integer noncurrent =
        one.noncurrentVersionExpiration() == null
            ? null
            : one.noncurrentVersionExpiration().noncurrentDays();
    return words(
        on ? "Enabled" : "Disabled",
        Objects.requireNonNullElse(has, ""),
        days == null ? 0 : days,
        noncurrent == null ? 0 : noncurrent);
  }

  private String words(String status, String folder, long days, long noncurrent) {
    return "%s %s: %s expires after %s, old versions after %s"
        .formatted(rule, status, folder + "*", days(days), days(noncurrent));
  }

  private static String days(long days) {
    return days == 0 ? "no time" : days == 1 ? "1 day" : days + " days";
  }
}
