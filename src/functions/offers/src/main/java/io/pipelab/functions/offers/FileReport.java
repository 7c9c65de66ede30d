package io.pipelab.functions.offers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one file: rows sent, rows rejected with their lines and reasons. */
final class FileReport {
  /** A run of lines that were rejected for one reason. */
  private record Run(long first, long last) {
    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + "-" + last;
    }
  }

  private final String file;
  private final Map<String, List<Run>> rejectedLines = new LinkedHashMap<>();
  private long sent;
  private long rejected;
  private @Nullable String broken;

  /**
   * A file of which nothing is known yet.
   *
   * @param file {@code s3://bucket/key}
   */
  FileReport(String file) {
    this.file = file;
  }

  void sent(long count) {
    sent += count;
  }

  void rejected(long line, String reason) {
    rejected++;
    List<Run> runs = rejectedLines.computeIfAbsent(reason, each -> new ArrayList<>());
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.last() + 1 == line) {
      runs.set(runs.size() - 1, new Run(last.first(), line));
    } else {
      runs.add(new Run(line, line));
    }
  }

  void broken(String reason) {
    broken = reason;
  }

  long sent() {
    return sent;
  }

  long rejected() {
    return rejected;
  }

  /**
   * {@code report s3://b/k: 300 rows, 297 sent, 3 rejected (no id: line 7; no city: lines 9-10)}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("report ").append(file).append(": ");
    text.append(sent + rejected).append(" rows, ").append(sent).append(" sent, ");
    text.append(rejected).append(" rejected");
    if (!rejectedLines.isEmpty()) {
      List<String> reasons = new ArrayList<>();
      rejectedLines.forEach((reason, runs) -> reasons.add(reason + ": " + lines(runs)));
      text.append(" (").append(String.join("; ", reasons)).append(')');
    }
    if (broken != null) {
      text.append("; the file is refused: ").append(broken);
    }
    return text.toString();
  }

  private static String lines(List<Run> runs) {
    boolean one = runs.size() == 1 && runs.get(0).first() == runs.get(0).last();
    return (one ? "line " : "lines ")
        + String.join(", ", runs.stream().map(Run::toString).toList());
  }
}
