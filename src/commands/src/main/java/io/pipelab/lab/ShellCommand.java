package io.pipelab.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command of a POSIX shell as words: calls, of which each runs when the one before succeeded.
 *
 * @param calls each call's words, unquoted
 */
public record ShellCommand(List<List<String>> calls) {
  private static final String AND = "&&";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** One call. */
  public static ShellCommand of(String... words) {
    return new ShellCommand(List.of(List.of(words)));
  }

  /**
   * Reads a line as a shell does: words, single and double quotes, and {@code &&} between calls;
   * nothing else has a meaning.
   *
   * @throws IllegalArgumentException when a quote has no end, or a call has no words
   */
  public static ShellCommand parse(String line) {
    List<List<String>> calls = new ArrayList<>();
    List<String> call = new ArrayList<>();
    for (Word word : words(line)) {
      if (word.text().equals(AND) && !word.quoted()) {
        calls.add(call);
        call = new ArrayList<>();
      } else {
        call.add(word.text());
      }
    }
    calls.add(call);
    if (calls.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("has no command beside &&");
    }
    return new ShellCommand(calls);
  }

  private record Word(String text, boolean quoted) {}

  private static List<Word> words(String line) {
    List<Word> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    boolean quoted = false;
    char quote = 0;
    for (char c : line.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
        quoted = true;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        begun = true;
      } else if (begun) {
        words.add(new Word(word.toString(), quoted));
        word.setLength(0);
        begun = false;
        quoted = false;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("has a quote without its end");
    }
    if (begun) {
      words.add(new Word(word.toString(), quoted));
    }
    return words;
  }

  /** These calls, and then others. */
  public ShellCommand then(ShellCommand next) {
    List<List<String>> all = new ArrayList<>(calls);
    all.addAll(next.calls);
    return new ShellCommand(all);
  }

  /**
   * One line to be pasted.
   *
   * @param pipelab how the user starts pipelab, with the options that name the target; already
   *     quoted. {@code aws} runs through it too, so that a command never speaks to another target.
   */
  public String text(String pipelab) {
    return calls.stream().map(call -> text(call, pipelab)).collect(Collectors.joining(" && "));
  }

  private static String text(List<String> call, String pipelab) {
    String first = call.get(0);
    String start =
        switch (first) {
          case "pipelab" -> pipelab;
          case "aws" -> pipelab + " aws";
          default -> quoted(first);
        };
    List<String> rest = call.subList(1, call.size());
    return rest.isEmpty() ? start : start + " " + quoted(rest);
  }

  /** Words on one line, each quoted where a shell would see more in it than its letters. */
  public static String quoted(List<String> words) {
    return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  /** One word for a POSIX shell, whatever it holds. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
