package io.pipelab.lab.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of an explanation that has a heading.
 *
 * @param id the step's or phase's; of a section its heading in lower-case words with hyphens; of
 *     the lab empty
 * @param heading as the file has it, without its marks
 * @param line where the heading stands, from 1
 * @param lines the text as it stands, without the heading
 * @param blocks the same, read
 */
public record Topic(
    Kind kind, String id, String heading, int line, List<String> lines, List<Block> blocks) {
  /** What a part is about. */
  public enum Kind {
    LAB,
    SECTION,
    PHASE,
    STEP
  }

  /**
   * The text as it stands, with what is told of the last run filled in, or left out.
   *
   * @param figures fills in the figures of such a text; empty when one is not known
   */
  public String markdown(Function<String, Optional<String>> figures) {
    List<String> kept = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      if (!lines.get(at).startsWith(Markdown.LAST_RUN)) {
        kept.add(lines.get(at++));
        continue;
      }
      int end = at;
      while (end < lines.size() && !lines.get(end).isBlank()) {
        end++;
      }
      Optional<String> filled = figures.apply(String.join("\n", lines.subList(at, end)));
      filled.ifPresent(kept::add);
      // An empty line behind what is left out goes with it.
      at = filled.isPresent() ? end : end + 1;
    }
    return String.join("\n", kept).strip();
  }
}
