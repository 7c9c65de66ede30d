package io.pipelab.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The account's managed policies, and those of AWS's own that labs attach. */
final class ManagedPolicies {
  private static final String AWS_PREFIX = "arn:aws:iam::aws:policy/";

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
      all.fields()
          .forEachRemaining(
              each -> {
                int slash = each.getKey().lastIndexOf('/') + 1;
                store(
                    "/" + each.getKey().substring(0, slash),
                    each.getKey().substring(slash),
                    AWS_PREFIX + each.getKey(),
                    "",
                    each.getValue(),
                    Map.of(),
                    Instant.EPOCH);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ManagedPolicy create(
      String path, String name, String document, String description, Map<String, String> tags) {
    JsonNode parsed = PolicyDocuments.managedPolicy(document);
    String arn = identity.globalArn("iam", "policy" + path + name);
    if (byArn.containsKey(arn)) {
      throw AwsError.of(
          "EntityAlreadyExists",
          409,
          "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }
    return store(path, name, arn, description, parsed, tags, clock.now());
  }

  private ManagedPolicy store(
      String path,
      String name,
      String arn,
      String description,
      JsonNode document,
      Map<String, String> tags,
      Instant created) {
    ManagedPolicy policy =
        new ManagedPolicy(
            path,
            name,
            UniqueIds.next("ANPA"),
            arn,
            created,
            description,
            Map.copyOf(tags),
            new TreeMap<>(Map.of(1, document)),
            1);
    byArn.put(arn, policy);
    return policy;
  }

  ManagedPolicy get(String arn) {
    ManagedPolicy policy = byArn.get(arn);
    if (policy == null) {
      throw AwsError.notFound(
          "NoSuchEntity", "Policy " + arn + " does not exist or is not attachable.");
    }
    return policy;
  }

  /** The policy of that ARN; null when there is none. */
  @Nullable ManagedPolicy find(String arn) {
    return byArn.get(arn);
  }

  ManagedPolicy change(String arn, UnaryOperator<ManagedPolicy> change) {
    get(arn);
    if (arn.startsWith(AWS_PREFIX)) {
      throw AwsError.badRequest("InvalidInput", "Cannot change the AWS managed policy " + arn);
    }
    return Objects.requireNonNull(
        byArn.computeIfPresent(arn, (key, policy) -> change.apply(policy)));
  }

  void delete(String arn) {
    get(arn);
    byArn.remove(arn);
  }

  /** All policies, or the customer's only ({@code Local}), or AWS's only ({@code AWS}). */
  List<ManagedPolicy> list(String scope) {
    Collection<ManagedPolicy> all = byArn.values();
    return switch (scope) {
      case "Local" -> all.stream().filter(p -> !p.arn().startsWith(AWS_PREFIX)).toList();
      case "AWS" -> all.stream().filter(p -> p.arn().startsWith(AWS_PREFIX)).toList();
      default -> List.copyOf(all);
    };
  }
}
