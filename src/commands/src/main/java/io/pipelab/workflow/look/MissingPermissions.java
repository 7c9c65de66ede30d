package io.pipelab.workflow.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.HttpCaller;
import io.pipelab.target.Target;
import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.workflow.stack.Stacks;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabCopy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Names the IAM action that a lab's role lacks in the hint of a step that failed: the embedded
 * cloud knows what it refused; elsewhere the functions' and tasks' logs carry AWS's message.
 */
public final class MissingPermissions {
  private static final String REFUSED = "is not authorized to perform:";
  private static final Pattern MESSAGE =
      Pattern.compile(
          "User: \\S*:assumed-role/([^/\\s]+)/\\S+ "
              + REFUSED
              + " (\\S+)(?: on resource: \"?([^\\s\"]+))?");
  private static final Duration RECENT = Duration.ofHours(1);
  private static final int MOST = 3;

  private final LabCopy copy;
  private final Cloud cloud;
  private final Map<String, StepResult> told = new HashMap<>();

  public MissingPermissions(LabCopy copy, Cloud cloud) {
    this.copy = copy;
    this.cloud = cloud;
  }

  /** The same result, with what IAM refuses in the hint of a check that failed. */
  public synchronized StepResult explained(StepResult result) {
    return result.status() == CheckStatus.FAILED
        ? told.computeIfAbsent(result.id(), id -> with(result, refused()))
        : result;
  }

  static StepResult with(StepResult result, List<String> refused) {
    if (refused.isEmpty()) {
      return result;
    }
    List<CheckResult> checks = new ArrayList<>();
    boolean said = false;
    for (CheckResult check : result.checks()) {
      boolean here = !said && check.status() == CheckStatus.FAILED;
      checks.add(here ? with(check, String.join("; ", refused)) : check);
      said |= here;
    }
    return new StepResult(result.id(), result.title(), result.hop(), result.status(), checks);
  }

  private static CheckResult with(CheckResult check, String refused) {
    String hint = check.hint() == null ? refused : refused + ". Else: " + check.hint();
    return new CheckResult(
        check.id(),
        check.status(),
        check.expected(),
        check.actual(),
        check.seconds(),
        hint,
        check.command());
  }

  /** What cannot be looked up is not told: the step's own hint stays. */
  private List<String> refused() {
    try {
      Map<String, List<String>> parts = parts();
      Set<String> roles = Set.copyOf(parts.getOrDefault("AWS::IAM::Role", List.of()));
      return cloud.target() instanceof Target.Local
          ? ofEmbeddedCloud(roles)
          : ofLogs(parts.getOrDefault("AWS::Logs::LogGroup", List.of()), roles);
    } catch (SdkException | IOException e) {
      return List.of();
    }
  }

  /** The names of what the copy's stacks hold, by type. */
  private Map<String, List<String>> parts() {
    Stacks stacks = new Stacks(cloud.clients().cloudFormation());
    return stacks.ours().stream()
        .filter(each -> copy.equals(new LabCopy(Stacks.labOf(each), Stacks.instanceOf(each))))
        .flatMap(each -> stacks.standing(each.stackName()).stream())
        .filter(each -> each.physicalResourceId() != null)
        .collect(
            Collectors.groupingBy(
                StackResourceSummary::resourceType,
                Collectors.mapping(StackResourceSummary::physicalResourceId, Collectors.toList())));
  }

  private List<String> ofEmbeddedCloud(Set<String> roles) throws IOException {
    Optional<URI> endpoint = cloud.clients().sqs().serviceClientConfiguration().endpointOverride();
    if (endpoint.isEmpty()) {
      return List.of();
    }
    String answer =
        new HttpCaller().call("GET", endpoint.get().toString(), "/_pipelab/denied", null).body();
    Set<String> words = new LinkedHashSet<>();
    for (JsonNode each : new ObjectMapper().readTree(answer).path("denied")) {
      String[] caller = each.path("caller").asText().split("/");
      boolean ours = caller.length == 3 && roles.contains(caller[1]);
      if (ours && each.path("still").asBoolean() && words.size() < MOST) {
        words.add(words(caller[1], each.path("action").asText(), each.path("resource").asText()));
      }
    }
    return List.copyOf(words);
  }

  private List<String> ofLogs(List<String> groups, Set<String> roles) {
    long since = System.currentTimeMillis() - RECENT.toMillis();
    Set<String> words = new LinkedHashSet<>();
    for (String group : groups) {
      cloud
          .clients()
          .logs()
          .filterLogEvents(
              r -> r.logGroupName(group).startTime(since).filterPattern("\"" + REFUSED + "\""))
          .events()
          .stream()
          .map(FilteredLogEvent::message)
          .map(MissingPermissions::ofMessage)
          .flatMap(Optional::stream)
          .filter(found -> roles.contains(found.get(0)))
          .forEach(found -> words.add(words(found.get(0), found.get(1), found.get(2))));
    }
    return words.stream().limit(MOST).toList();
  }

  /** Role, action and resource that a message of AWS's names. */
  static Optional<List<String>> ofMessage(String message) {
    Matcher parts = MESSAGE.matcher(message);
    return parts.find()
        ? Optional.of(
            List.of(parts.group(1), parts.group(2), parts.group(3) == null ? "*" : parts.group(3)))
        : Optional.empty();
  }

  private static String words(String role, String action, String resource) {
    return "IAM refuses the role "
        + role
        + " the action "
        + action
        + " on "
        + resource
        + ": allow it in the role's policies";
  }
}
