package io.pipelab.report;

import io.pipelab.workflow.down.Leftover;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a whole run of a lab came to.
 *
 * @param failed whether a phase came to no end
 */
public record RunDocument(
    String lab,
    String instance,
    String target,
    List<Phase> phases,
    VerifyDocument verify,
    List<Leftover> leftovers,
    boolean failed) {
  private static final String SCHEMA = "pipelab.run/1";

  /** One part of a run. */
  public record Phase(String name, double seconds) {}

  /** The document of one lab. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("lab", lab);
    json.put("instance", instance);
    json.put("target", target);
    json.put("phases", phases.stream().map(RunDocument::phase).toList());
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
    double all = phases.stream().mapToDouble(Phase::seconds).sum();
    return "lab %s on %s: %s%s in %s (%s)%s"
        .formatted(
            instance.isEmpty() ? lab : lab + " --instance " + instance,
            target,
            failed ? "not completed; " : "",
            verify.sentence(),
            Seconds.text(all),
            String.join(
                ", ",
                phases.stream().map(p -> p.name() + " " + Seconds.text(p.seconds())).toList()),
            left());
  }

  private String left() {
    return switch (leftovers.size()) {
      case 0 -> "";
      case 1 -> "; one thing is left";
      default -> "; " + leftovers.size() + " things are left";
    };
  }

  private static Map<String, Object> phase(Phase phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", phase.name());
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
