package io.pipelab.local.s3;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.wire.HttpMembers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Tag;

/** Tag sets, and S3's rules for them. */
final class Tags {
  private static final int MOST_OF_AN_OBJECT = 10;
  private static final int MOST_OF_A_BUCKET = 50;

  private Tags() {}

  /** The tags of the x-amz-tagging header, a query string. */
  static Map<String, String> ofHeader(@Nullable String header) {
    Map<String, String> tags = new LinkedHashMap<>();
    HttpMembers.query(header == null || header.isEmpty() ? null : header)
        .forEach(
            (key, values) -> {
              if (values.size() > 1) {
                throw AwsError.badRequest(
                        "InvalidArgument",
                        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL"
                            + " query parameters without tag name duplicates.")
                    .with("ArgumentName", "x-amz-tagging")
                    .with("ArgumentValue", String.valueOf(header));
              }
              tags.put(key, values.get(0));
            });
    return ofAnObject(tags);
  }

  static Map<String, String> ofObject(List<Tag> tags) {
    return ofAnObject(map(tags));
  }

  private static Map<String, String> ofAnObject(Map<String, String> tags) {
    refuseSystemTags(tags, "Your TagKey cannot be prefixed with aws:");
    return check(tags, MOST_OF_AN_OBJECT);
  }

  static Map<String, String> ofBucket(List<Tag> tags) {
    Map<String, String> map = map(tags);
    refuseSystemTags(map, "System tags cannot be added/updated by requester");
    return check(map, MOST_OF_A_BUCKET);
  }

  private static void refuseSystemTags(Map<String, String> tags, String message) {
    if (tags.keySet().stream().anyMatch(key -> key.startsWith("aws:"))) {
      throw AwsError.badRequest("InvalidTag", message);
    }
  }

  private static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Tag tag : tags) {
      if (tag.key() == null || tag.value() == null) {
        throw AwsError.badRequest(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published"
                + " schema");
      }
      if (map.put(tag.key(), tag.value()) != null) {
        throw AwsError.badRequest("InvalidTag", "Cannot provide multiple Tags with the same key");
      }
    }
    return map;
  }

  private static Map<String, String> check(Map<String, String> tags, int most) {
    if (tags.size() > most) {
      throw AwsError.badRequest("BadRequest", "Object tags cannot be greater than " + most);
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > 128) {
            throw AwsError.badRequest("InvalidTag", "The TagKey you have provided is invalid");
          }
          if (value.length() > 256) {
            throw AwsError.badRequest("InvalidTag", "The TagValue you have provided is invalid");
          }
        });
    return tags;
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(each -> Tag.builder().key(each.getKey()).value(each.getValue()).build())
        .toList();
  }
}
