package io.pipelab.report;

import io.pipelab.lab.Lab;
import io.pipelab.lab.explain.Block;
import io.pipelab.lab.explain.ExplanationFile;
import io.pipelab.verify.CheckStatus;
import io.pipelab.verify.kept.LastRun;
import io.pipelab.verify.kept.LastRun.SeenStep;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An explanation as lines for a terminal: wrapped, with the figures of the last run, and with
 * commands as this user types them.
 *
 * @param pipelab how the user starts pipelab
 */
public record ExplainText(LastRun run, String pipelab, Style style, int columns) {
  /** Longer lines are hard to read. */
  private static final int WIDEST = 100;

  /** The languages of code that is typed. */
  private static final Set<String> SHELLS = Set.of("sh", "bash");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The text of a part. */
  public List<String> lines(List<Block> blocks) {
    List<String> lines = new ArrayList<>();
    Block before = null;
    for (Block block : blocks) {
      List<String> own = lines(block);
      boolean listGoesOn = block instanceof Block.Item && before instanceof Block.Item;
      if (!own.isEmpty() && !lines.isEmpty() && !listGoesOn) {
        lines.add("");
      }
      lines.addAll(own);
      before = own.isEmpty() ? before : block;
    }
    return lines;
  }

  private List<String> lines(Block block) {
    if (block instanceof Block.Paragraph paragraph) {
      return wrapped(paragraph.text(), "", "");
    }
    if (block instanceof Block.LastRun last) {
      return figures(last.text())
          .map(text -> wrapped("Last run: " + text, "", ""))
          .orElse(List.of());
    }
    if (block instanceof Block.Item item) {
      String indent = " ".repeat(item.marker().length() + 3);
      return wrapped(item.text(), "  " + item.marker() + " ", indent);
    }
    if (block instanceof Block.Table table) {
      return rows(table);
    }
    return code((Block.Code) block);
  }

  /** The text with what the checks saw; empty when one of them has not passed yet. */
  Optional<String> figures(String text) {
    String filled = text;
    for (String name : ExplanationFile.figuresIn(text)) {
      Optional<String> figure = run.figure(name);
      if (figure.isEmpty()) {
        return Optional.empty();
      }
      filled = filled.replace("{" + name + "}", figure.get());
    }
    return Optional.of(filled);
  }

  private List<String> code(Block.Code code) {
    boolean commands = SHELLS.contains(code.language());
    return code.lines().stream()
        .map(line -> commands ? line.replaceFirst("^pipelab ", pipelab + " ") : line)
        .map(line -> line.isEmpty() ? "" : "    " + (commands ? style.strong(line) : line))
        .toList();
  }

  /** A row is a paragraph: tables of sentences do not fit a terminal. */
  private List<String> rows(Block.Table table) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : table.rows()) {
      lines.addAll(wrapped(row.get(0), "  - ", "    "));
      for (int i = 1; i < row.size(); i++) {
        String name = i < table.header().size() ? table.header().get(i) : "";
        String label = name.isEmpty() ? "" : name + ": ";
        if (!row.get(i).isEmpty()) {
          lines.addAll(wrapped(label + row.get(i), "    ", "      "));
        }
      }
    }
    return lines;
  }

  /** A text in lines that fit. */
  public List<String> wrapped(String text, String first, String next) {
    return new WrappedText(style, Math.max(40, Math.min(columns, WIDEST))).lines(text, first, next);
  }

  /** What the last verification of a step came to; with what was seen, unless the text says it. */
  public List<String> verified(Lab.StepSpec step, boolean withWhatWasSeen) {
    SeenStep seen = run.steps().get(step.id());
    if (seen == null) {
      return wrapped("Not verified yet.", "", "");
    }
    String text =
        "Last verified %s on %s: %s."
            .formatted(
                TIME.format(seen.at()),
                seen.target(),
                seen.status() == CheckStatus.PASSED ? "passed" : "failed");
    if (withWhatWasSeen) {
      text +=
          " Seen: "
              + seen.checks().values().stream()
                  .map(LastRun.Seen::actual)
                  .distinct()
                  .collect(Collectors.joining("; "));
    }
    return plain(text);
  }

  /** What was last seen of a lab, in a line. */
  public List<String> verified() {
    Optional<SeenStep> latest =
        run.steps().values().stream().max((a, b) -> a.at().compareTo(b.at()));
    if (latest.isEmpty()) {
      return List.of();
    }
    long passed =
        run.steps().values().stream().filter(s -> s.status() == CheckStatus.PASSED).count();
    String text =
        "Last verified %s on %s: %d passed, %d failed"
            .formatted(
                TIME.format(latest.get().at()),
                latest.get().target(),
                passed,
                run.steps().size() - passed);
    if (!run.times().isEmpty()) {
      text +=
          "; the last run took "
              + run.times().entrySet().stream()
                  .map(time -> Seconds.text(time.getValue()) + " for " + time.getKey())
                  .collect(Collectors.joining(", "));
    }
    return plain(text + ".");
  }

  /** What a target said is not read as Markdown. */
  private List<String> plain(String text) {
    return new WrappedText(style, Math.max(40, Math.min(columns, WIDEST))).plainLines(text, "", "");
  }

  /** Whether a text tells what was seen. */
  public boolean tellsFigures(List<Block> blocks) {
    return blocks.stream()
        .anyMatch(block -> block instanceof Block.LastRun last && figures(last.text()).isPresent());
  }
}
