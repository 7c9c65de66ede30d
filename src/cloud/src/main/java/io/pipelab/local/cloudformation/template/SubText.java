package io.pipelab.local.cloudformation.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of Fn::Sub, cut into literal parts and variables. */
final class SubText {
  /** A literal text, or a variable's name. */
  record Part(String text, boolean variable) {}

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.:]+");

  private SubText() {}

  static List<Part> parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      parts.add(new Part(text.substring(end, matcher.start()), false));
      end = matcher.end();
      String name = matcher.group(1);
      if (name.startsWith("!")) {
        parts.add(new Part("${" + name.substring(1) + "}", false));
      } else if (NAME.matcher(name.trim()).matches()) {
        parts.add(new Part(name.trim(), true));
      } else {
        throw Invalid.template(
            "variable names in Fn::Sub syntax must contain only alphanumeric characters,"
                + " underscores, periods, and colons");
      }
    }
    parts.add(new Part(text.substring(end), false));
    return parts;
  }
}
