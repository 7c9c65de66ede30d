package io.pipelab.report.live;

import io.pipelab.report.Seconds;
import io.pipelab.report.Style;
import io.pipelab.report.live.LiveRegion.Line;
import io.pipelab.report.live.LiveStep.Part;
import io.pipelab.report.live.LiveStep.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is running, as lines that fit a window: cut and never wrapped, collapsed and never scrolled.
 */
final class Frame {
  private static final String SPINNER = "|/-\\";
  private static final long TURN_NANOS = 150_000_000;
  private static final int FEWEST_COLUMNS = 12;

  private final Style style;
  private final WindowSize window;
  private final long now;

  Frame(Style style, WindowSize window, long now) {
    this.style = style;
    this.window = window;
    this.now = now;
  }

  /** The lines of the steps that run; fewer than the window has, so that nothing scrolls. */
  List<Line> running(List<LiveStep> steps) {
    int room = Math.max(1, window.rows() - 1);
    List<Line> lines = new ArrayList<>();
    for (LiveStep step : steps) {
      lines.addAll(step(step, 0, Math.max(1, room - lines.size())));
    }
    return lines.size() <= room ? lines : lines.subList(0, room);
  }

  /** The lines that stay when a step has ended. */
  List<Line> ended(LiveStep step, int depth) {
    List<Line> lines = new ArrayList<>();
    long resources = step.resources(State.DONE);
    String count =
        resources == 0 ? "" : ", " + resources + (resources == 1 ? " resource" : " resources");
    lines.add(
        whole(depth, ended(step.state), step.title + count + ", " + Seconds.text(step.seconds)));
    step.parts.values().stream()
        .filter(part -> part.state() == State.FAILED)
        .forEach(part -> lines.add(whole(depth + 1, mark(State.FAILED), part.text())));
    step.children.forEach(child -> lines.addAll(ended(child, depth + 1)));
    return lines;
  }

  private List<Line> step(LiveStep step, int depth, int room) {
    List<Line> lines = new ArrayList<>();
    boolean runs = step.state == State.RUNNING;
    String time = ", " + Seconds.text(runs ? (now - step.since) / 1e9 : step.seconds);
    lines.add(
        line(
            depth,
            runs ? depth == 0 ? spinner() : mark(step.state) : ended(step.state),
            step.title,
            time));
    if (!runs) {
      return lines;
    }
    for (LiveStep child : step.children) {
      lines.addAll(step(child, depth + 1, Math.max(1, room - lines.size())));
    }
    lines.addAll(parts(List.copyOf(step.parts.values()), depth + 1, room - lines.size()));
    return lines.size() <= room ? lines : lines.subList(0, room);
  }

  /** All of them, when there is room; else what is done becomes a number, then what runs, too. */
  private List<Line> parts(List<Part> parts, int depth, int room) {
    if (parts.size() <= room) {
      return parts.stream().map(part -> part(depth, part)).toList();
    }
    List<Part> done = parts.stream().filter(part -> part.state() == State.DONE).toList();
    List<Part> open =
        parts.stream()
            .filter(part -> part.state() != State.DONE)
            .collect(Collectors.toCollection(ArrayList::new));
    List<Line> lines = new ArrayList<>();
    if (!done.isEmpty() && room > 0) {
      lines.add(line(depth, mark(State.DONE), done.size() + " done", ""));
    }
    int left = room - lines.size();
    int shown = open.size() <= left ? open.size() : Math.max(0, left - 1);
    open.subList(0, shown).forEach(part -> lines.add(part(depth, part)));
    if (shown < open.size() && left > 0) {
      lines.add(line(depth, mark(State.RUNNING), "and " + (open.size() - shown) + " more", ""));
    }
    return lines;
  }

  private Line part(int depth, Part part) {
    String time =
        part.state() == State.RUNNING ? ", " + Seconds.text((now - part.since()) / 1e9) : "";
    return line(depth, mark(part.state()), part.text(), time);
  }

  /** A line in which only the text gives way: mark and end stay. */
  private Line line(int depth, String mark, String text, String end) {
    String before = "  ".repeat(depth) + mark + " ";
    int columns = Math.max(FEWEST_COLUMNS, window.columns() - 1);
    int left = columns - Columns.of(before) - Columns.of(end);
    String shown = Columns.cut(Columns.visible(text), Math.max(4, left));
    String all = Columns.cut(before + shown + end, columns);
    return new Line(painted(all, before, mark), Columns.of(all));
  }

  /** What stays is worth more than one row. */
  private Line whole(int depth, String mark, String text) {
    String all = "  ".repeat(depth) + mark + " " + Columns.visible(text);
    return new Line(painted(all, "", mark), Columns.of(all));
  }

  private String painted(String line, String before, String mark) {
    if (line.length() < before.length()) {
      return line;
    }
    String colored =
        switch (mark) {
          case "ok  ", "done" -> style.good(mark);
          case "FAIL" -> style.bad(mark);
          default -> style.odd(mark);
        };
    int at = line.indexOf(mark);
    return at < 0 ? line : line.substring(0, at) + colored + line.substring(at + mark.length());
  }

  private String spinner() {
    int turn = (int) Math.floorMod(now / TURN_NANOS, (long) SPINNER.length());
    return SPINNER.charAt(turn) + "   ";
  }

  /** A step that is done need not have found all well. */
  private static String ended(State state) {
    return state == State.FAILED ? mark(state) : "done";
  }

  private static String mark(State state) {
    return switch (state) {
      case RUNNING -> "... ";
      case DONE -> "ok  ";
      case FAILED -> "FAIL";
    };
  }
}
