package io.pipelab.lab.explain;

import io.pipelab.lab.explain.Block.Code;
import io.pipelab.lab.explain.Block.Item;
import io.pipelab.lab.explain.Block.LastRun;
import io.pipelab.lab.explain.Block.Paragraph;
import io.pipelab.lab.explain.Block.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of Markdown that explanations are written in: paragraphs, lists of one level,
 * fenced code and tables.
 */
final class Markdown {
  static final String FENCE = "```";
  static final String LAST_RUN = "Last run: ";
  private static final Pattern ITEM = Pattern.compile("(-|[0-9]+\\.) +(.*)");
  private static final Pattern RULE = Pattern.compile("\\|[-|: ]+\\|");

  private final List<Block> blocks = new ArrayList<>();
  private final List<String> open = new ArrayList<>();
  private String marker = "";

  private Markdown() {}

  static List<Block> blocks(List<String> lines) {
    Markdown markdown = new Markdown();
    for (int i = 0; i < lines.size(); i++) {
      i = markdown.read(lines, i);
    }
    markdown.close();
    return List.copyOf(markdown.blocks);
  }

  /** Takes a line, or all lines of a code block or table; answers the last one that it took. */
  private int read(List<String> lines, int at) {
    String line = lines.get(at);
    Matcher item = ITEM.matcher(line);
    if (line.startsWith(FENCE)) {
      close();
      return code(lines, at);
    }
    if (line.startsWith("|")) {
      close();
      return table(lines, at);
    }
    if (line.isBlank()) {
      close();
    } else if (item.matches()) {
      close();
      marker = item.group(1);
      open.add(item.group(2));
    } else {
      open.add(line.strip());
    }
    return at;
  }

  private int code(List<String> lines, int from) {
    int end = from + 1;
    while (end < lines.size() && !lines.get(end).startsWith(FENCE)) {
      end++;
    }
    String language = lines.get(from).substring(FENCE.length()).strip();
    blocks.add(new Code(language, List.copyOf(lines.subList(from + 1, end))));
    return end;
  }

  private int table(List<String> lines, int from) {
    int end = from;
    List<List<String>> rows = new ArrayList<>();
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      if (!RULE.matcher(lines.get(end).strip()).matches()) {
        rows.add(cells(lines.get(end)));
      }
      end++;
    }
    blocks.add(new Table(rows.get(0), List.copyOf(rows.subList(1, rows.size()))));
    return end - 1;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  private void close() {
    if (open.isEmpty()) {
      return;
    }
    String text = String.join(" ", open);
    if (!marker.isEmpty()) {
      blocks.add(new Item(marker, text));
    } else if (text.startsWith(LAST_RUN)) {
      blocks.add(new LastRun(text.substring(LAST_RUN.length())));
    } else {
      blocks.add(new Paragraph(text));
    }
    open.clear();
    marker = "";
  }
}
