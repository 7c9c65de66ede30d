package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An IAM role with its policies; changes make a new value.
 *
 * @param id the unique id, {@code AROA...}
 * @param maxSessionSeconds 3,600 to 43,200
 * @param inline inline policy documents by name
 * @param attached ARNs of managed policies
 */
record Role(
    String path,
    String name,
    String id,
    String arn,
    Instant created,
    JsonNode trust,
    String description,
    int maxSessionSeconds,
    Map<String, String> tags,
    Map<String, JsonNode> inline,
    List<String> attached) {

  Role withTrust(JsonNode document) {
    return new Role(
        path,
        name,
        id,
        arn,
        created,
        document,
        description,
        maxSessionSeconds,
        tags,
        inline,
        attached);
  }

  Role withSettings(String text, int seconds) {
    return new Role(path, name, id, arn, created, trust, text, seconds, tags, inline, attached);
  }

  Role withTags(Map<String, String> all) {
    return new Role(
        path,
        name,
        id,
        arn,
        created,
        trust,
        description,
        maxSessionSeconds,
        Map.copyOf(all),
        inline,
        attached);
  }

  Role withPolicy(String policy, JsonNode document) {
    Map<String, JsonNode> more = new LinkedHashMap<>(inline);
    more.put(policy, document);
    return withInline(more);
  }

  Role withoutPolicy(String policy) {
    Map<String, JsonNode> fewer = new LinkedHashMap<>(inline);
    fewer.remove(policy);
    return withInline(fewer);
  }

  private Role withInline(Map<String, JsonNode> all) {
    return new Role(
        path, name, id, arn, created, trust, description, maxSessionSeconds, tags, all, attached);
  }

  Role withAttached(String policyArn) {
    List<String> more = new ArrayList<>(attached);
    if (!more.contains(policyArn)) {
      more.add(policyArn);
    }
    return withAttachments(more);
  }

  Role withoutAttached(String policyArn) {
    List<String> fewer = new ArrayList<>(attached);
    fewer.remove(policyArn);
    return withAttachments(fewer);
  }

  private Role withAttachments(List<String> all) {
    return new Role(
        path,
        name,
        id,
        arn,
        created,
        trust,
        description,
        maxSessionSeconds,
        tags,
        inline,
        List.copyOf(all));
  }
}
