package io.pipelab.local.access;

import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.policy.AttachedPolicy;
import io.pipelab.local.policy.CallerPolicies;
import io.pipelab.local.policy.Evaluation;
import io.pipelab.local.policy.PolicyKind;
import io.pipelab.local.policy.PolicySet;
import io.pipelab.local.policy.Refusals;
import io.pipelab.local.policy.RequestContext;
import io.pipelab.local.policy.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the policies of caller and resource, as AWS does within one account. The user of the
 * cloud, who calls with made-up keys, is its root: he is not asked, but for an explicit deny in a
 * bucket's policy, which binds the owner too (S3 User Guide, "Policies and permissions").
 */
public final class Enforcement implements AccessControl {
  /** So that nobody locks himself out, root may always mend a bucket's policy. */
  private static final Set<String> ROOT_MAY =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final CallerPolicies callers;
  private final ResourcePolicies resources;
  private final Denials denials;
  private final boolean refuses;

  /**
   * @param resources the resources' own policies
   * @param denials where refusals are kept
   * @param refuses false to let all in who sign their calls, whatever the policies say
   */
  public Enforcement(
      CloudIdentity identity,
      CloudClock clock,
      CallerPolicies callers,
      ResourcePolicies resources,
      Denials denials,
      boolean refuses) {
    this.identity = identity;
    this.clock = clock;
    this.callers = callers;
    this.resources = resources;
    this.denials = denials;
    this.refuses = refuses;
  }

  @Override
  public Optional<Refusal> refusal(Use asked, String requestId) {
    return denied(asked).map(denied -> refused(requestId, denied));
  }

  /** Whether a use would be refused now; nothing is kept of the question. */
  boolean refuses(Use use) {
    return denied(use).isPresent();
  }

  /** A request that is not allowed, and what the policies come to. */
  private record Denied(Use use, RequestContext request, Verdict verdict) {}

  private Optional<Denied> denied(Use asked) {
    if (!refuses && !(asked.caller() instanceof Caller.Anonymous)) {
      return Optional.empty();
    }
    Use use = resources.named(asked);
    AttachedPolicy resource = resources.of(use.resource(), use.action());
    boolean root = use.caller() instanceof Caller.Operator;
    if (root && (resource == null || ROOT_MAY.contains(use.action()))) {
      return Optional.empty();
    }
    RequestContext request =
        RequestContext.of(use.caller(), use.action(), use.resource(), identity).withAll(keys(use));
    Verdict verdict = Evaluation.of(policies(use, resource), request);
    boolean allowed = root ? !(verdict instanceof Verdict.ExplicitDeny) : verdict.allows();
    return allowed ? Optional.empty() : Optional.of(new Denied(use, request, verdict));
  }

  /** What the request sets, and what every request has. */
  private Map<String, List<String>> keys(Use use) {
    Map<String, List<String>> keys = new HashMap<>(use.keys());
    keys.putAll(callers.keysOf(use.caller()));
    Instant now = clock.now();
    keys.put("aws:CurrentTime", List.of(now.toString()));
    keys.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    keys.put("aws:SourceIp", List.of("127.0.0.1"));
    return keys;
  }

  private PolicySet policies(Use use, @Nullable AttachedPolicy resource) {
    boolean decides = resource != null && resource.kind() == PolicyKind.TRUST;
    return callers.of(use.caller()).with(resource, decides);
  }

  private Refusal refused(String requestId, Denied denied) {
    Denial denial = denials.add(denied.use(), requestId, clock.now(), denied.verdict());
    return new Refusal(
        denial.id(), denied.use(), Refusals.reason(denied.request(), denied.verdict()));
  }
}
