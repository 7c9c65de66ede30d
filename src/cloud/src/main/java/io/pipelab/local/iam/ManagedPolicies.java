package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.SessionPolicies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The account's managed policies, and those of AWS's own that labs attach. */
final class ManagedPolicies implements SessionPolicies {
  private static final String AWS_PREFIX = "arn:aws:iam::aws:policy/";

  /** What a managed policy's document may have ("PolicySize"). */
  private static final int CHARACTERS = 6144;

  private final Map<String, ManagedPolicy> byArn = new ConcurrentSkipListMap<>();
  private final CloudIdentity identity;
  private final CloudClock clock;

  ManagedPolicies(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
    loadAwsPolicies();
  }

  private void loadAwsPolicies() {
    try (InputStream in = getClass().getResourceAsStream("aws-managed-policies.json")) {
      JsonNode all = new ObjectMapper().readTree(Objects.requireNonNull(in));
      all.properties().forEach(each -> load(each.getKey(), each.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of AWS's own. */
  private void load(String key, JsonNode said) {
    int slash = key.lastIndexOf('/') + 1;
    int version = Integer.parseInt(said.path("DefaultVersionId").asText().substring(1));
    Instant updated = Instant.parse(said.path("UpdateDate").asText());
    ManagedPolicy policy =
        new ManagedPolicy(
            "/" + key.substring(0, slash),
            key.substring(slash),
            said.path("PolicyId").asText(UniqueIds.next("ANPA")),
            AWS_PREFIX + key,
            Instant.parse(said.path("CreateDate").asText()),
            updated,
            said.path("Description").asText(),
            Map.of(),
            new TreeMap<>(
                Map.of(
                    version,
                    new ManagedPolicy.Version(Document.of(said.path("Document")), updated))),
            version,
            version);
    byArn.put(policy.arn(), policy);
  }

  synchronized ManagedPolicy create(
      String path, String name, String document, String description, Map<String, String> tags) {
    Document parsed = read(document);
    String arn = identity.globalArn("iam", "policy" + path + name);
    if (list("Local").stream().anyMatch(each -> each.name().equalsIgnoreCase(name))) {
      throw AwsError.of(
          "EntityAlreadyExists",
          409,
          "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }
    Instant now = clock.now();
    ManagedPolicy policy =
        new ManagedPolicy(
            path,
            name,
            UniqueIds.next("ANPA"),
            arn,
            now,
            now,
            description,
            tags,
            new TreeMap<>(Map.of(1, new ManagedPolicy.Version(parsed, now))),
            1,
            1);
    byArn.put(arn, policy);
    return policy;
  }

  /** Reads a managed policy's document, which has a quota of its own. */
  static Document read(String text) {
    Document document = Document.managedPolicy(text);
    if (document.size() > CHARACTERS) {
      throw Quotas.exceeded("PolicySize", CHARACTERS);
    }
    return document;
  }

  ManagedPolicy get(String arn) {
    ManagedPolicy policy = byArn.get(arn);
    if (policy == null) {
      throw missing("Policy ", arn);
    }
    return policy;
  }

  /** The policy of that ARN; null when there is none. */
  @Nullable ManagedPolicy find(String arn) {
    return byArn.get(arn);
  }

  /** Refuses what cannot be attached. */
  void attachable(String arn) {
    if (!arn.startsWith("arn:aws:iam::") || !arn.contains(":policy/")) {
      throw AwsError.badRequest("InvalidInput", "ARN " + arn + " is not valid.");
    }
    get(arn);
  }

  /** Refuses what cannot be a permissions boundary. */
  void boundary(String arn) {
    if (byArn.get(arn) == null) {
      throw missing("Scope ARN: ", arn);
    }
  }

  @Override
  public Policy inline(String document) {
    return Document.identityPolicy(document).policy();
  }

  @Override
  public Policy managed(String arn) {
    return get(arn).document().policy();
  }

  private static AwsError missing(String what, String arn) {
    return AwsError.notFound("NoSuchEntity", what + arn + " does not exist or is not attachable.");
  }

  ManagedPolicy change(String arn, UnaryOperator<ManagedPolicy> change) {
    get(arn);
    if (isAws(arn)) {
      throw AwsError.accessDenied(
          "AccessDenied", "Cannot perform the operation on the AWS managed policy " + arn + ".");
    }
    return Objects.requireNonNull(
        byArn.computeIfPresent(arn, (key, policy) -> change.apply(policy)));
  }

  void delete(String arn) {
    get(arn);
    byArn.remove(arn);
  }

  static boolean isAws(String arn) {
    return arn.startsWith(AWS_PREFIX);
  }

  /** All policies, or the customer's only ({@code Local}), or AWS's only ({@code AWS}). */
  List<ManagedPolicy> list(String scope) {
    return byArn.values().stream()
        .filter(
            each ->
                switch (scope) {
                  case "Local" -> !isAws(each.arn());
                  case "AWS" -> isAws(each.arn());
                  default -> true;
                })
        .toList();
  }
}
