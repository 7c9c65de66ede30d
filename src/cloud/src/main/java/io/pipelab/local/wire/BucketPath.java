package io.pipelab.local.wire;

import io.pipelab.local.kernel.HttpCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an S3 request in path style addresses: the service, a bucket, or an object, and of that
 * perhaps a sub-resource.
 *
 * @param bucket empty for the service itself
 * @param key empty for a bucket; slashes at its ends and in a row belong to it
 * @param query the decoded parameters
 */
public record BucketPath(String bucket, String key, Map<String, List<String>> query) {
  /** The query parameters by which the S3 API names a part of a bucket or an object. */
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          ("abac accelerate acl analytics attributes cors delete encryption intelligent-tiering "
                  + "inventory legal-hold lifecycle location logging metadataConfiguration "
                  + "metadataInventoryTable metadataJournalTable metadataTable metrics notification "
                  + "object-lock ownershipControls policy policyStatus publicAccessBlock "
                  + "renameObject replication requestPayment restore retention select session "
                  + "tagging torrent uploads versioning versions website")
              .split(" "));

  /** Reads a call's path and query. */
  public static BucketPath of(HttpCall call) {
    String path = call.rawPath().startsWith("/") ? call.rawPath().substring(1) : call.rawPath();
    int cut = path.indexOf('/');
    return new BucketPath(
        Percent.decodePath(cut < 0 ? path : path.substring(0, cut)),
        cut < 0 ? "" : Percent.decodePath(path.substring(cut + 1)),
        HttpMembers.query(call.rawQuery()));
  }

  public boolean isBucket() {
    return !bucket.isEmpty() && key.isEmpty();
  }

  public boolean isObject() {
    return !key.isEmpty();
  }

  /** The sub-resource that is asked for, or null. */
  public @Nullable String subResource() {
    return query.keySet().stream().filter(SUB_RESOURCES::contains).findFirst().orElse(null);
  }

  /** The first value of a parameter, or null. */
  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.get(0);
  }

  /** The labels that the SDK's requests take from the path. */
  public Map<String, String> labels() {
    if (bucket.isEmpty()) {
      return Map.of();
    }
    return key.isEmpty() ? Map.of("Bucket", bucket) : Map.of("Bucket", bucket, "Key", key);
  }
}
