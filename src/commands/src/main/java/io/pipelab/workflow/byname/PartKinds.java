package io.pipelab.workflow.byname;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.PartSpec;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.NearestName;
import io.pipelab.lab.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of the kinds of parts that are found by name: one row each. */
public final class PartKinds {
  private static final List<PartKind> ALL =
      List.of(
          new FindQueue(),
          new FindTopic(),
          new FindFunction(),
          new FindTrigger(),
          new FindRole(),
          new FindTable(),
          new FindBucket(),
          new FindCluster(),
          new FindTaskDefinition(),
          new FindRepository(),
          new FindAlarm(),
          new FindApi(),
          new FindSecurityGroup(),
          new FindSubnets(),
          new FindLogGroup());

  private static final Map<String, PartKind> BY_WORD = new LinkedHashMap<>();

  static {
    ALL.forEach(kind -> BY_WORD.put(kind.word(), kind));
  }

  private PartKinds() {}

  /** The kind of a part whose manifest has no {@link #mistakesIn mistakes}. */
  static PartKind of(PartSpec part) {
    PartKind kind = BY_WORD.get(part.kind());
    if (kind == null) {
      throw new IllegalArgumentException("unknown kind of part " + part.kind());
    }
    return kind;
  }

  /** Every unknown kind, and every output that is no fact of its kind. */
  public static List<Mistake> mistakesIn(Lab lab) {
    List<Mistake> mistakes = new ArrayList<>();
    for (PartSpec part : lab.names()) {
      Place place = new Place(lab.manifest(), part.line(), 0);
      PartKind kind = BY_WORD.get(part.kind());
      if (kind != null) {
        mistakes.addAll(mistakesIn(part, kind, place));
      } else if (!part.kind().isEmpty()) {
        String hint = NearestName.hint(part.kind(), BY_WORD.keySet());
        mistakes.add(
            new Mistake(place, "names.kind", "unknown kind \"" + part.kind() + "\"" + hint));
      }
    }
    return mistakes;
  }

  private static List<Mistake> mistakesIn(PartSpec part, PartKind kind, Place place) {
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : part.names()) {
      if (name.endsWith("*") && !kind.takesOpenNames()) {
        mistakes.add(
            new Mistake(place, "names.name", "a " + kind.word() + " needs its whole name"));
      }
    }
    for (String fact : part.outputs().keySet()) {
      if (!kind.facts().contains(fact)) {
        String hint = NearestName.hint(fact, kind.facts());
        mistakes.add(
            new Mistake(
                place, "names.outputs", "a " + kind.word() + " has no \"" + fact + "\"" + hint));
      }
    }
    return mistakes;
  }
}
