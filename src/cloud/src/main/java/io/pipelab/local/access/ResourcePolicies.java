package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl.Use;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.Policy;
import io.pipelab.local.policy.PolicyKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policies of resources, asked of the services that have them and parsed once. */
public final class ResourcePolicies {
  /** Documents come and go; so many are kept parsed. */
  private static final int MOST_PARSED = 1000;

  /** The one service whose ARNs have more in them than requests say. */
  private static final String OF_IAM = "arn:aws:iam::";

  private static final String OF_CLOUDFORMATION = "arn:aws:cloudformation:";

  private final Map<String, Policy> parsed = new ConcurrentHashMap<>();
  private volatile Map<String, AwsService> services = Map.of();

  /** Connects the services, by whose names ARNs are read; before, no resource has a policy. */
  public void connect(List<AwsService> all) {
    services =
        all.stream().collect(Collectors.toUnmodifiableMap(AwsService::signingName, each -> each));
  }

  /** The policy that has a say in a use of an action on a resource; null when there is none. */
  @Nullable AttachedPolicy of(String resource, String action) {
    int begin = resource.indexOf(':', resource.indexOf(':') + 1) + 1;
    int end = resource.indexOf(':', begin);
    if (!resource.startsWith("arn:") || end < 0) {
      return null;
    }
    AwsService service = services.get(resource.substring(begin, end));
    String document = service == null ? null : service.resourcePolicy(resource, action);
    return document == null || document.isEmpty()
        ? null
        : new AttachedPolicy(kind(resource, begin), resource, parsed(document));
  }

  /** The same use on the resource as its service calls it: a role by its path, too. */
  Use named(Use use) {
    AwsService owner = owner(use.resource());
    String arn = owner == null ? use.resource() : owner.resourceArn(use.resource());
    return arn.equals(use.resource()) ? use : new Use(use.caller(), use.action(), arn, use.keys());
  }

  /** The service that knows more of a resource than a request says; null when none does. */
  private @Nullable AwsService owner(String resource) {
    if (resource.startsWith(OF_IAM)) {
      return services.get("iam");
    }
    return resource.startsWith(OF_CLOUDFORMATION) ? services.get("cloudformation") : null;
  }

  private static PolicyKind kind(String resource, int service) {
    return resource.startsWith("iam:", service) ? PolicyKind.TRUST : PolicyKind.RESOURCE;
  }

  private Policy parsed(String document) {
    Policy known = parsed.get(document);
    if (known == null) {
      if (parsed.size() >= MOST_PARSED) {
        parsed.clear();
      }
      known = Policy.parse(document);
      parsed.put(document, known);
    }
    return known;
  }
}
