package io.pipelab.local.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text of a policy that may hold policy variables: {@code ${aws:username}}, with a default {@code
 * ${aws:username, 'nobody'}}, and the characters {@code ${*}}, {@code ${?}}, {@code ${$}} (IAM User
 * Guide, "IAM policy elements: Variables and tags"). Documents of version 2008-10-17 have none:
 * there {@code ${...}} is a text like any other.
 */
final class PolicyText {
  /** A piece: literal pattern text, or a variable. */
  private record Piece(String text, boolean variable, @Nullable String otherwise) {}

  private static final String OPEN = "${";

  private final List<Piece> pieces;
  private final @Nullable Glob fixed;
  private final @Nullable String plain;

  private PolicyText(List<Piece> pieces, @Nullable String plain) {
    this.pieces = pieces;
    this.plain = plain;
    this.fixed = plain == null ? null : Glob.of(plain);
  }

  static PolicyText of(String text, boolean variables) {
    if (!variables || !text.contains(OPEN)) {
      return new PolicyText(List.of(), text);
    }
    return new PolicyText(pieces(text), null);
  }

  /** The pattern for a request; null when a variable has no value in it, and no default. */
  @Nullable Glob glob(RequestContext request) {
    if (fixed != null) {
      return fixed;
    }
    Glob.Builder glob = new Glob.Builder();
    for (Piece piece : pieces) {
      String value = piece.variable() ? value(piece, request) : piece.text();
      if (value == null) {
        return null;
      }
      if (piece.variable()) {
        glob.literal(value);
      } else {
        glob.pattern(value);
      }
    }
    return glob.build();
  }

  /** The text for a request, wildcards as they stand; null as for {@link #glob}. */
  @Nullable String text(RequestContext request) {
    if (plain != null) {
      return plain;
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      String value = piece.variable() ? value(piece, request) : piece.text();
      if (value == null) {
        return null;
      }
      text.append(value);
    }
    return text.toString();
  }

  /** A key with several values has no value as a variable. */
  private static @Nullable String value(Piece piece, RequestContext request) {
    if (piece.text().length() == 1 && "*?$".contains(piece.text())) {
      return piece.text();
    }
    List<String> values = request.values(piece.text());
    return values.size() == 1 ? values.get(0) : piece.otherwise();
  }

  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf(OPEN, at);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0) {
        pieces.add(new Piece(text.substring(at), false, null));
        break;
      }
      if (open > at) {
        pieces.add(new Piece(text.substring(at, open), false, null));
      }
      pieces.add(variable(text.substring(open + OPEN.length(), close)));
      at = close + 1;
    }
    return List.copyOf(pieces);
  }

  private static Piece variable(String inside) {
    int comma = inside.indexOf(',');
    if (comma < 0) {
      return new Piece(inside.trim(), true, null);
    }
    String otherwise = inside.substring(comma + 1).trim();
    if (otherwise.length() >= 2 && otherwise.startsWith("'") && otherwise.endsWith("'")) {
      otherwise = otherwise.substring(1, otherwise.length() - 1);
    }
    return new Piece(inside.substring(0, comma).trim(), true, otherwise);
  }
}
