package io.pipelab.report;

import io.pipelab.verify.CheckResult;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.StepResult;
import io.pipelab.workflow.step.Progress.Took;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a verification came to, as the JSON document and as one sentence.
 *
 * @param parts what was taken for what in a lab whose parts were found by name; empty else
 */
public record VerifyDocument(
    String lab, String instance, String target, List<StepResult> steps, List<Took> parts) {
  /** Named in the document; grows when members change their meaning. */
  private static final String SCHEMA = "pipelab.verify/1";

  /** Of a lab that is made of stacks. */
  public VerifyDocument(String lab, String instance, String target, List<StepResult> steps) {
    this(lab, instance, target, steps, List.of());
  }

  /** How many steps did not hold, those among them that may still. */
  public long failed() {
    return count(CheckStatus.FAILED) + count(CheckStatus.LATE);
  }

  /** How many steps held. */
  public long passed() {
    return count(CheckStatus.PASSED);
  }

  /** How many steps wait: for an earlier step, for the learner, for a phase that is not built. */
  public long pending() {
    return count(CheckStatus.PENDING) + count(CheckStatus.TO_DO) + count(CheckStatus.NOT_BUILT);
  }

  /** The document. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("lab", lab);
    json.put("instance", instance);
    json.put("target", target);
    json.put("passed", passed());
    json.put("failed", failed());
    json.put("skipped", count(CheckStatus.SKIPPED));
    json.put("pending", pending());
    json.put("advice", count(CheckStatus.ADVICE));
    json.put("unsupported", count(CheckStatus.UNSUPPORTED));
    if (!parts.isEmpty()) {
      json.put(
          "parts",
          parts.stream().map(one -> Map.of("kind", one.kind(), "name", one.name())).toList());
    }
    json.put("steps", steps.stream().map(VerifyDocument::step).toList());
    return json;
  }

  /** {@code 17 passed, 1 failed, 2 skipped}. */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(passed()).append(" passed, ");
    text.append(failed()).append(" failed, ");
    text.append(count(CheckStatus.SKIPPED)).append(" skipped");
    if (pending() > 0) {
      text.append(", ").append(pending()).append(" pending");
    }
    if (count(CheckStatus.ADVICE) > 0) {
      text.append(", ").append(count(CheckStatus.ADVICE)).append(" advice");
    }
    if (count(CheckStatus.UNSUPPORTED) > 0) {
      text.append(", ").append(count(CheckStatus.UNSUPPORTED)).append(" not on this target");
    }
    return text.toString();
  }

  private long count(CheckStatus status) {
    return steps.stream().filter(step -> step.status() == status).count();
  }

  private static Map<String, Object> step(StepResult step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", step.id());
    json.put("title", step.title());
    json.put("hop", step.hop());
    json.put("status", name(step.status()));
    json.put("checks", step.checks().stream().map(VerifyDocument::check).toList());
    return json;
  }

  private static Map<String, Object> check(CheckResult check) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", check.id());
    json.put("status", name(check.status()));
    json.put("expected", check.expected());
    json.put("actual", check.actual());
    json.put("seconds", check.seconds());
    json.put("hint", check.hint());
    json.put("command", check.command());
    return json;
  }

  private static String name(CheckStatus status) {
    return switch (status) {
      case LATE -> "failed";
      case TO_DO, NOT_BUILT -> "pending";
      default -> status.name().toLowerCase(Locale.ROOT);
    };
  }
}
