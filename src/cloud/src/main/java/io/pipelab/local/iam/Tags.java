package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags of IAM's resources (IAM User Guide, "Tags for IAM resources": rules and limits). */
final class Tags {
  private static final int MOST = 50;

  private Tags() {}

  /** The tags of a request: keys differ by more than their case, and are not AWS's own. */
  static Map<String, String> of(@Nullable List<Tag> tags) {
    Map<String, String> read = TagList.read(tags, Tag::key, Tag::value, "ValidationError");
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Tag tag : tags == null ? List.<Tag>of() : tags) {
      if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw invalid("aws: prefixed tag key names are not allowed for external use.");
      }
      if (!seen.add(tag.key())) {
        throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return read;
  }

  /** Tags with more over them: a key takes the place of one that differs by its case alone. */
  static Map<String, String> merged(Map<String, String> tags, @Nullable List<Tag> more) {
    Map<String, String> all = new TreeMap<>(tags);
    of(more)
        .forEach(
            (key, value) -> {
              all.keySet().removeIf(key::equalsIgnoreCase);
              all.put(key, value);
            });
    if (all.size() > MOST) {
      throw Quotas.limit("The number of tags has reached the maximum limit.");
    }
    return all;
  }

  static Map<String, String> without(Map<String, String> tags, List<String> keys) {
    Map<String, String> rest = new TreeMap<>(tags);
    keys.forEach(key -> rest.keySet().removeIf(key::equalsIgnoreCase));
    return rest;
  }

  static List<Tag> model(Map<String, String> tags) {
    return TagList.write(tags, (key, value) -> Tag.builder().key(key).value(value).build());
  }

  /** As they are shown with what has them: left out when there are none. */
  static @Nullable List<Tag> shown(Map<String, String> tags) {
    return tags.isEmpty() ? null : model(tags);
  }

  static Page<Tag> page(Map<String, String> tags, @Nullable String marker, @Nullable Integer most) {
    return Listing.page(model(tags), marker, most);
  }

  private static AwsError invalid(String message) {
    return AwsError.badRequest("InvalidInput", message);
  }
}
