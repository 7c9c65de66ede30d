package io.pipelab.local.lambda.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's one output: what the function prints on either stream, its log events, and a mark
 * after each invocation, in the order in which they happened.
 *
 * <p>The cloud reads it line by line. Inside a log event, line ends are written as {@link
 * #INNER_LINE_END}, so that an event of many lines stays one event.
 */
public final class FunctionOutput extends OutputStream {
  /** Stands for a line end inside one log event. */
  public static final char INNER_LINE_END = '\u0000';

  /** A line that starts so ends an invocation's output; the request id follows. */
  public static final String END_MARK = "\u0001end ";

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private boolean insideLine;

  private FunctionOutput() {}

  /** Becomes {@link System#out} and {@link System#err}. */
  static FunctionOutput install() {
    FunctionOutput output = new FunctionOutput();
    PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    return output;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      out.write(bytes, offset, length);
      insideLine = bytes[offset + length - 1] != '\n';
    }
  }

  /** Writes one log event, which may have many lines. */
  void event(String text) throws IOException {
    line(text.stripTrailing().replace("\r\n", "\n").replace('\n', INNER_LINE_END));
  }

  /** Marks the end of an invocation. */
  void end(String requestId) throws IOException {
    line(END_MARK + requestId);
  }

  private synchronized void line(String text) throws IOException {
    String line = (insideLine ? "\n" : "") + text + "\n";
    write(line.getBytes(StandardCharsets.UTF_8));
  }
}
