package io.pipelab.report.live;

import io.pipelab.report.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Supplier;

/**
 * The lines at the bottom of the terminal that are redrawn in place. Whatever else is printed goes
 * above them, through {@link #above}. Between two calls the cursor is visible and stands at the
 * start of the line below: a process that is killed leaves the terminal as it should be.
 */
public final class LiveRegion {
  private static final String ESCAPE = "\u001b[";
  private static final String HIDE = ESCAPE + "?25l" + ESCAPE + "?7l";
  private static final String SHOW = ESCAPE + "?7h" + ESCAPE + "?25h";
  private static final String END_OF_LINE = ESCAPE + "K";
  private static final String END_OF_SCREEN = ESCAPE + "J";

  /** A line to be shown: its text and how many columns that takes without its colours. */
  record Line(String text, int columns) {}

  private final PrintStream terminal;
  private final Supplier<WindowSize> window;
  private List<Line> shown = List.of();
  private boolean lineOpen;
  private boolean closed;

  public LiveRegion(PrintStream terminal, Supplier<WindowSize> window) {
    this.terminal = terminal;
    this.window = window;
  }

  /** How large the terminal is now. */
  WindowSize size() {
    return window.get();
  }

  /** Shows these lines in place of those before; waits while a question stands in an open line. */
  synchronized void draw(List<Line> lines) {
    if (closed || lineOpen || (lines.isEmpty() && shown.isEmpty())) {
      return;
    }
    if (lines.isEmpty()) {
      erase();
      return;
    }
    StringBuilder text = new StringBuilder(HIDE).append(up(rows()));
    lines.forEach(
        line -> text.append(Style.rendered(line.text())).append(END_OF_LINE).append('\n'));
    text.append(END_OF_SCREEN).append(SHOW);
    shown = List.copyOf(lines);
    write(text);
  }

  /** Takes the lines away, for good. */
  public synchronized void close() {
    erase();
    closed = true;
  }

  /** A stream to the same terminal, of which every line appears above the region. */
  public PrintStream above(PrintStream stream, Charset charset) {
    return new PrintStream(new Above(stream), true, charset);
  }

  private void erase() {
    int rows = rows();
    if (rows > 0) {
      // Line by line: some terminals keep a copy of a screen that is cleared from its first line.
      String clear = (END_OF_LINE + "\n").repeat(rows);
      write(new StringBuilder(up(rows)).append(clear).append(up(rows)));
      shown = List.of();
    }
  }

  /** A window that became narrower has wrapped the lines that were there. */
  private int rows() {
    int columns = Math.max(1, size().columns());
    return shown.stream()
        .mapToInt(line -> Math.max(1, (line.columns() + columns - 1) / columns))
        .sum();
  }

  private static String up(int rows) {
    return rows == 0 ? "" : "\r" + ESCAPE + rows + "A";
  }

  private void write(StringBuilder text) {
    terminal.print(text);
    terminal.flush();
  }

  private final class Above extends OutputStream {
    private final PrintStream stream;

    Above(PrintStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return;
      }
      synchronized (LiveRegion.this) {
        erase();
        stream.write(bytes, offset, length);
        stream.flush();
        lineOpen = bytes[offset + length - 1] != '\n';
        if (stream.checkError()) {
          throw new IOException("the terminal takes no more");
        }
      }
    }

    @Override
    public void flush() {
      stream.flush();
    }
  }
}
