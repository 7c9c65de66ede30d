package io.pipelab.local.lambda.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in the function, as its caller and its log see it.
 *
 * @param report the log event
 * @param fatal whether the process must not go on, as after an OutOfMemoryError
 */
record Failure(
    @Nullable String message, String type, List<String> trace, String report, boolean fatal) {

  static Failure of(Throwable thrown) {
    if (thrown instanceof HandlerFault fault) {
      String report = fault.getMessage() + ": " + fault.errorType();
      return new Failure(fault.getMessage(), fault.errorType(), List.of(), report, false);
    }
    String type = thrown.getClass().getName();
    String message = thrown.getLocalizedMessage();
    StringWriter text = new StringWriter();
    trim(thrown);
    thrown.printStackTrace(new PrintWriter(text, true));
    return new Failure(
        message,
        type,
        frames(thrown),
        message + ": " + type + "\n" + text.toString().stripTrailing(),
        thrown instanceof VirtualMachineError);
  }

  private static List<String> frames(Throwable thrown) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      frames.add(frame.toString());
    }
    return frames;
  }

  /** Leaves out the runtime's own frames, which begin below the handler's. */
  private static void trim(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    int end = 0;
    while (end < frames.length && !isOurs(frames[end])) {
      end++;
    }
    while (end > 0 && isReflection(frames[end - 1])) {
      end--;
    }
    thrown.setStackTrace(java.util.Arrays.copyOf(frames, end));
    if (thrown.getCause() != null) {
      trim(thrown.getCause());
    }
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith(Failure.class.getPackageName() + ".");
  }

  private static boolean isReflection(StackTraceElement frame) {
    return frame.getClassName().startsWith("jdk.internal.reflect.")
        || frame.getClassName().startsWith("java.lang.reflect.");
  }

  /** {@code {"errorMessage": ..., "errorType": ..., "stackTrace": [...]}}. */
  byte[] json() {
    StringBuilder json = new StringBuilder("{\"errorMessage\":");
    string(json, message);
    json.append(",\"errorType\":");
    string(json, type);
    json.append(",\"stackTrace\":[");
    for (int i = 0; i < trace.size(); i++) {
      json.append(i == 0 ? "" : ",");
      string(json, trace.get(i));
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void string(StringBuilder json, @Nullable String text) {
    if (text == null) {
      json.append("null");
      return;
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
