package io.pipelab.local.iam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users, groups and roles have in common (IAM User Guide, "IAM identities"); changes make a
 * new value.
 *
 * @param id unique for all time, {@code AIDA...}
 * @param inline its inline policies by their names
 * @param attached ARNs of managed policies
 * @param boundary the ARN of the managed policy that is its permissions boundary; null without one
 */
record Identity(
    String path,
    String name,
    String id,
    String arn,
    Instant created,
    Map<String, String> tags,
    Map<String, Document> inline,
    List<String> attached,
    @Nullable String boundary) {
  Identity {
    tags = Map.copyOf(tags);
    inline = Collections.unmodifiableMap(new LinkedHashMap<>(inline));
    attached = List.copyOf(attached);
  }

  Identity withTags(Map<String, String> all) {
    return new Identity(path, name, id, arn, created, all, inline, attached, boundary);
  }

  Identity withBoundary(@Nullable String policyArn) {
    return new Identity(path, name, id, arn, created, tags, inline, attached, policyArn);
  }

  /** The same one under another name; what refers to it by its id still does. */
  Identity renamed(String newPath, String newName, String newArn) {
    return new Identity(newPath, newName, id, newArn, created, tags, inline, attached, boundary);
  }

  Identity withPolicy(String policy, Document document) {
    Map<String, Document> more = new LinkedHashMap<>(inline);
    more.put(policy, document);
    return withInline(more);
  }

  Identity withoutPolicy(String policy) {
    Map<String, Document> fewer = new LinkedHashMap<>(inline);
    fewer.remove(policy);
    return withInline(fewer);
  }

  private Identity withInline(Map<String, Document> all) {
    return new Identity(path, name, id, arn, created, tags, all, attached, boundary);
  }

  Identity withAttached(String policyArn) {
    List<String> more = new ArrayList<>(attached);
    if (!more.contains(policyArn)) {
      more.add(policyArn);
    }
    return withAttachments(more);
  }

  Identity withoutAttached(String policyArn) {
    List<String> fewer = new ArrayList<>(attached);
    fewer.remove(policyArn);
    return withAttachments(fewer);
  }

  private Identity withAttachments(List<String> all) {
    return new Identity(path, name, id, arn, created, tags, inline, all, boundary);
  }
}
