package io.pipelab.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that cannot steer a terminal. Names and messages of a target may hold anything: escape
 * sequences, C1 controls, marks that turn the reading direction. All output of the commands passes
 * a stream of {@link #stream}; only the colours of {@link Style} become escapes there.
 */
public final class VisibleText {
  /** Controls but line feed and tab; direction marks; line and paragraph separators. */
  private static final Pattern STEERING =
      Pattern.compile(
          "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e"
              + "\\u2066-\\u2069\\ufeff]|[\\ud800-\\udfff]");

  private VisibleText() {}

  /** A text in which what would steer the terminal is written as {@code \\u001b}. */
  public static String of(String text) {
    Matcher matcher = STEERING.matcher(text);
    return matcher.find() ? matcher.replaceAll(VisibleText::written) : text;
  }

  private static String written(MatchResult match) {
    return Matcher.quoteReplacement(String.format("\\u%04x", (int) match.group().charAt(0)));
  }

  /** A stream to a terminal, or to where text is read later, that shows what passes through it. */
  public static PrintStream stream(PrintStream target) {
    return new PrintStream(new Visible(target), true, StandardCharsets.UTF_8);
  }

  /** The line end of other systems is no more than a line end. */
  private static String shown(String text) {
    return Style.rendered(of(text.replace("\r\n", "\n")));
  }

  private static final class Visible extends OutputStream {
    private final PrintStream target;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer open = ByteBuffer.allocate(0);

    Visible(PrintStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    /** A character whose bytes have not all come yet waits for the rest. */
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer in = ByteBuffer.allocate(open.remaining() + length);
      in.put(open).put(bytes, offset, length).flip();
      CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
      decoder.reset().decode(in, out, false);
      open = in.slice();
      target.print(shown(out.flip().toString()));
      if (target.checkError()) {
        throw new IOException("nobody reads any more");
      }
    }

    @Override
    public void flush() {
      target.flush();
    }
  }
}
