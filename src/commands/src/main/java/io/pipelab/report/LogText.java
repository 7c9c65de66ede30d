package io.pipelab.report;

import io.pipelab.workflow.look.LogLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Logs as lines with their source before them, and as JSON. */
public final class LogText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Enough of a stream's random end to tell two streams apart. */
  private static final int STREAM_END = 6;

  private LogText() {}

  /** One line for each line of the message: {@code 12:30:01.250 [group/stream] text}. */
  public static List<String> text(LogLine event, Style style) {
    String before =
        style.faint(
            TIME.format(event.time())
                + " ["
                + last(event.group())
                + "/"
                + end(event.stream())
                + "]");
    List<String> lines = new ArrayList<>();
    event.text().stripTrailing().lines().forEach(line -> lines.add(before + " " + line));
    return lines.isEmpty() ? List.of(before) : lines;
  }

  /** One event of the document, message as it was logged. */
  public static Map<String, Object> json(LogLine event) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time", event.time());
    json.put("group", event.group());
    json.put("stream", event.stream());
    json.put("message", event.text());
    return json;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String end(String stream) {
    String name = last(stream);
    return name.substring(Math.max(0, name.length() - STREAM_END));
  }
}
