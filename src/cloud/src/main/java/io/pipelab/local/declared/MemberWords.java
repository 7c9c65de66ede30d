package io.pipelab.local.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads members as declarations write them: {@code Name Tags Code{S3Bucket S3Key}}, and with
 * values: {@code DryRun=false Mode=A|B Expression="$a $b"}.
 */
final class MemberWords {
  private final String text;
  private final Member.Use use;
  private int at;

  private MemberWords(String text, Member.Use use) {
    this.text = text;
    this.use = use;
  }

  /**
   * The members by their names.
   *
   * @throws IllegalArgumentException when the text is malformed
   */
  static Map<String, Member> read(String text, Member.Use use) {
    MemberWords words = new MemberWords(text, use);
    Map<String, Member> members = words.members();
    if (words.at < text.length()) {
      throw words.wrong("an end");
    }
    return members;
  }

  private Map<String, Member> members() {
    Map<String, Member> members = new TreeMap<>();
    for (skipSpace(); at < text.length() && text.charAt(at) != '}'; skipSpace()) {
      String name = word();
      if (name.isEmpty() || members.put(name, member()) != null) {
        throw wrong("a member's name, once");
      }
    }
    return members;
  }

  private Member member() {
    if (at < text.length() && text.charAt(at) == '{') {
      at++;
      Map<String, Member> below = members();
      if (at >= text.length() || below.isEmpty()) {
        throw wrong("members and }");
      }
      at++;
      return Member.structure(below);
    }
    boolean valued = at < text.length() && text.charAt(at) == '=';
    if (valued != (use == Member.Use.DEFAULT)) {
      throw wrong(valued ? "no value" : "a value");
    }
    return valued ? new Member(use, values(), Map.of()) : Member.whole(use);
  }

  private Set<String> values() {
    List<String> values = new ArrayList<>();
    do {
      at++;
      values.add(value());
    } while (at < text.length() && text.charAt(at) == '|');
    return Set.copyOf(values);
  }

  private String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      int end = text.indexOf('"', at + 1);
      if (end < 0) {
        throw wrong("a closing quote");
      }
      String quoted = text.substring(at + 1, end);
      at = end + 1;
      return quoted;
    }
    return word();
  }

  private String word() {
    int start = at;
    while (at < text.length() && " {}=|\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException(
        "expected " + wanted + " at '" + text.substring(Math.min(at, text.length())) + "'");
  }
}
