package io.pipelab.verify;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a lab whose parts were found by name: what is missing of it.
 *
 * @param missing the missing parts by the outputs that they would give
 */
public record HandMade(Map<String, Missing> missing) {
  /**
   * A part that was not found.
   *
   * @param words {@code no queue named demo-decoupling-saa}
   * @param hint what to do, in words
   * @param command what makes it, as a line for the user's shell, when one call does
   * @param advice whether the lab also does without it
   */
  public record Missing(String words, String hint, @Nullable String command, boolean advice) {}

  /** The missing parts that a check refers to, each once. */
  List<Missing> lackedBy(CheckSpec check) {
    return References.outputsIn(check.with()).stream()
        .filter(missing::containsKey)
        .map(missing::get)
        .distinct()
        .toList();
  }

  /** What stands in a hint for an output that is missing: the missing part's name. */
  Map<String, String> standIns() {
    Map<String, String> standIns = new LinkedHashMap<>();
    missing.forEach((output, part) -> standIns.put(output, "(" + part.words() + ")"));
    return standIns;
  }

  /** Whether a command of a hint refers to what is missing. */
  boolean lacks(List<List<String>> calls) {
    return References.outputsIn(calls).stream().anyMatch(missing::containsKey);
  }
}
