package io.pipelab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words in lines that fit a terminal; Markdown's code, strong words and links are painted. */
record WrappedText(Style style, int columns) {
  /** Code, strong words, a link, stressed words; what is between is plain. */
  private static final Pattern MARKED =
      Pattern.compile(
          "`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\[([^\\]]+)]\\([^)]*\\)|\\*([^*\\s][^*]*)\\*");

  /** Words of one kind, with or without a space before them. */
  private record Piece(String text, boolean strong, boolean glued) {}

  /**
   * The lines.
   *
   * @param first begins the first line
   * @param next begins the others
   */
  List<String> lines(String text, String first, String next) {
    return fill(pieces(text), first, next);
  }

  /** The lines of a text that holds no marks. */
  List<String> plainLines(String text, String first, String next) {
    List<Piece> pieces = new ArrayList<>();
    add(pieces, text, false);
    return fill(pieces, first, next);
  }

  private List<String> fill(List<Piece> pieces, String first, String next) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    int width = first.length();
    boolean empty = true;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      int space = empty || piece.glued() ? 0 : 1;
      if (!empty && !piece.glued() && width + space + unit(pieces, i) > columns) {
        lines.add(line.toString());
        line = new StringBuilder(next);
        width = next.length();
        space = 0;
      }
      line.append(" ".repeat(space)).append(painted(piece));
      width += space + piece.text().length();
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /** How long a piece is, with those that are glued to it. */
  private static int unit(List<Piece> pieces, int at) {
    int length = pieces.get(at).text().length();
    for (int i = at + 1; i < pieces.size() && pieces.get(i).glued(); i++) {
      length += pieces.get(i).text().length();
    }
    return length;
  }

  private String painted(Piece piece) {
    return piece.strong() ? style.strong(piece.text()) : piece.text();
  }

  private List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher marked = MARKED.matcher(text);
    int end = 0;
    while (marked.find()) {
      add(pieces, text.substring(end, marked.start()), end > 0);
      boolean glued = marked.start() > 0 && text.charAt(marked.start() - 1) != ' ';
      if (marked.group(1) != null) {
        addStrong(pieces, quoted(marked.group(1)), glued);
      } else if (marked.group(2) != null) {
        addStrong(pieces, marked.group(2), glued);
      } else {
        String words = marked.group(3) == null ? marked.group(4) : marked.group(3);
        add(pieces, (glued ? "" : " ") + words, true);
      }
      end = marked.end();
    }
    add(pieces, text.substring(end), end > 0);
    return pieces;
  }

  /** Without colours only its marks tell code from words. */
  private String quoted(String code) {
    return style.strong(code).equals(code) ? "`" + code + "`" : code;
  }

  private static void addStrong(List<Piece> pieces, String text, boolean glued) {
    String[] words = text.split(" ");
    for (int i = 0; i < words.length; i++) {
      pieces.add(new Piece(words[i], true, i == 0 && glued));
    }
  }

  /** Plain words. */
  private static void add(List<Piece> pieces, String text, boolean afterMark) {
    boolean glued = afterMark && !text.startsWith(" ");
    for (String word : text.strip().split(" +")) {
      if (!word.isEmpty()) {
        pieces.add(new Piece(word, false, glued));
        glued = false;
      }
    }
  }
}
