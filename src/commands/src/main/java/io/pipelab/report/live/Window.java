package io.pipelab.report.live;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import sun.misc.Signal;

/** The terminal's window, whose size is asked again after it was changed. */
public final class Window implements Supplier<WindowSize> {
  private final AtomicBoolean changed = new AtomicBoolean();
  private WindowSize size;

  /**
   * The window.
   *
   * @param size as the launcher saw it
   */
  public Window(WindowSize size) {
    this.size = size;
    try {
      Signal.handle(new Signal("WINCH"), signal -> changed.set(true));
    } catch (IllegalArgumentException e) {
      changed.set(false); // a system without that signal: the size stays as it was
    }
  }

  @Override
  public synchronized WindowSize get() {
    if (changed.getAndSet(false)) {
      size = ask(size);
    }
    return size;
  }

  private static WindowSize ask(WindowSize before) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader answer = stty.inputReader(StandardCharsets.US_ASCII)) {
        return parse(String.valueOf(answer.readLine()), before);
      }
    } catch (IOException e) {
      return before; // nobody can say: the old size is the best guess
    }
  }

  static WindowSize parse(String text, WindowSize otherwise) {
    if (!text.matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}")) {
      return otherwise;
    }
    int space = text.indexOf(' ');
    return new WindowSize(
        Integer.parseInt(text.substring(space + 1)), Integer.parseInt(text.substring(0, space)));
  }
}
