package io.pipelab.report;

import io.pipelab.workflow.down.Leftover;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a whole run of a lab came to.
 *
 * @param failed whether a phase came to no end
 */
public record RunDocument(
    String lab,
    String instance,
    String target,
    List<Timed> phases,
    VerifyDocument verify,
    List<Leftover> leftovers,
    boolean failed) {
  private static final String SCHEMA = "pipelab.run/1";

  /**
   * One part of a run.
   *
   * @param name {@code up}, {@code drive}, {@code verify}, {@code down}
   * @param phase the phase of the lab that it was about; empty for all
   */
  public record Timed(String name, String phase, double seconds) {
    public Timed(String name, double seconds) {
      this(name, "", seconds);
    }

    private String part() {
      return phase.isEmpty() ? name : phase;
    }
  }

  /** The document of one lab. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("lab", lab);
    json.put("instance", instance);
    json.put("target", target);
    json.put("phases", phases.stream().map(RunDocument::timed).toList());
    json.put("verify", verify.json());
    json.put("leftovers", leftovers.stream().map(RunDocument::leftover).toList());
    json.put("failed", failed);
    return json;
  }

  /** The document of several labs. */
  public static Map<String, Object> json(List<RunDocument> labs) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("labs", labs.stream().map(RunDocument::json).toList());
    return json;
  }

  /** One line: what was verified, how long it took, what is left. */
  public String sentence() {
    double all = phases.stream().mapToDouble(Timed::seconds).sum();
    return "lab %s on %s: %s%s in %s (%s)%s"
        .formatted(
            instance.isEmpty() ? lab : lab + " --instance " + instance,
            target,
            failed ? "not completed; " : "",
            verify.sentence(),
            Seconds.text(all),
            times(),
            left());
  }

  /** How long each phase of the lab took, or each part of a run of a lab without phases. */
  private String times() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    phases.forEach(phase -> seconds.merge(phase.part(), phase.seconds(), Double::sum));
    return seconds.entrySet().stream()
        .map(part -> part.getKey() + " " + Seconds.text(part.getValue()))
        .collect(Collectors.joining(", "));
  }

  private String left() {
    return switch (leftovers.size()) {
      case 0 -> "";
      case 1 -> "; one thing is left";
      default -> "; " + leftovers.size() + " things are left";
    };
  }

  private static Map<String, Object> timed(Timed phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", phase.name());
    if (!phase.phase().isEmpty()) {
      json.put("phase", phase.phase());
    }
    json.put("seconds", phase.seconds());
    return json;
  }

  private static Map<String, Object> leftover(Leftover thing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", thing.type());
    json.put("id", thing.id());
    return json;
  }
}
