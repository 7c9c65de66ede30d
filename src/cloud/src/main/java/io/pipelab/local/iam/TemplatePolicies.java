package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template says of the policies of a user, a group or a role: {@code Policies}, {@code
 * ManagedPolicyArns}, {@code PermissionsBoundary} and {@code Tags}.
 *
 * @param boundary null without one
 */
record TemplatePolicies(
    Map<String, Document> inline,
    List<String> attached,
    @Nullable String boundary,
    Map<String, String> tags) {
  /**
   * Reads them.
   *
   * @throws io.pipelab.local.kernel.AwsError for a malformed document or a policy that there is not
   */
  static TemplatePolicies of(ResourceRequest request, ManagedPolicies managed) {
    Map<String, Document> inline = new LinkedHashMap<>();
    for (JsonNode policy : request.properties().path("Policies")) {
      inline.put(
          policy.path("PolicyName").asText(),
          Document.identityPolicy(policy.path("PolicyDocument").toString()));
    }
    List<String> attached = texts(request, "ManagedPolicyArns");
    attached.forEach(managed::attachable);
    String boundary = request.text("PermissionsBoundary");
    if (boundary != null) {
      managed.boundary(boundary);
    }
    return new TemplatePolicies(inline, attached, boundary, request.tags());
  }

  /** The names alone, of what was read before: its policies may be gone. */
  static Identity removed(Identity identity, ResourceRequest last) {
    Identity changed = identity;
    for (JsonNode policy : last.properties().path("Policies")) {
      changed = changed.withoutPolicy(policy.path("PolicyName").asText());
    }
    for (String arn : texts(last, "ManagedPolicyArns")) {
      changed = changed.withoutAttached(arn);
    }
    return changed;
  }

  /** A user's or a role's, with boundary and tags. */
  Identity appliedTo(Identity identity) {
    return policiesOn(identity.withBoundary(boundary).withTags(tags));
  }

  /** A group's, which has neither boundary nor tags. */
  Identity policiesOn(Identity identity) {
    Identity changed = identity;
    for (Map.Entry<String, Document> policy : inline.entrySet()) {
      changed = changed.withPolicy(policy.getKey(), policy.getValue());
    }
    for (String arn : attached) {
      changed = changed.withAttached(arn);
    }
    return changed;
  }

  /** A list of texts; empty when the property is not there. */
  static List<String> texts(ResourceRequest request, String property) {
    List<String> texts = new ArrayList<>();
    request.properties().path(property).forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
