package io.pipelab.local.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one action's block of a file of declarations. */
final class DeclarationBlock {
  private final String action;
  private final Map<String, Member> members = new TreeMap<>();
  private final List<IamUse> needed = new ArrayList<>();
  private final Map<String, IamTemplate> keys = new LinkedHashMap<>();
  private final List<String> tags = new ArrayList<>();
  private final List<String> tagKeys = new ArrayList<>();
  private boolean asked;

  private DeclarationBlock(String action) {
    this.action = action;
  }

  static ActionDeclaration read(List<String> lines) {
    DeclarationBlock block = new DeclarationBlock(lines.get(0));
    try {
      lines.subList(1, lines.size()).forEach(block::line);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(block.action + ": " + e.getMessage(), e);
    }
    IamUses iam = new IamUses(block.needed, block.keys, block.tags, block.tagKeys);
    return new ActionDeclaration(
        block.action, block.members, block.asked ? Optional.of(iam) : Optional.empty());
  }

  private void line(String line) {
    String plain = line.strip();
    int cut = plain.indexOf(' ');
    String kind = cut < 0 ? plain : plain.substring(0, cut);
    String rest = cut < 0 ? "" : plain.substring(cut + 1);
    if (line.charAt(0) != ' ') {
      throw new IllegalArgumentException("an empty line is missing before '" + line + "'");
    }
    switch (kind) {
      case "honours" -> add(rest, Member.Use.HONOURED);
      case "harmless" -> add(rest, Member.Use.HARMLESS);
      case "default" -> add(rest, Member.Use.DEFAULT);
      case "iam" -> iam(rest);
      case "keys" -> keys.putAll(IamWords.keys(rest));
      case "tags" -> tags.addAll(List.of(rest.split(" +")));
      case "tagkeys" -> tagKeys.addAll(List.of(rest.split(" +")));
      default -> throw new IllegalArgumentException("there is no kind of line '" + kind + "'");
    }
  }

  private void iam(String words) {
    asked = true;
    if (!words.equals("none")) {
      needed.add(IamWords.use(words));
    }
  }

  private void add(String words, Member.Use use) {
    MemberWords.read(words, use)
        .forEach((name, member) -> members.merge(name, member, (one, two) -> one.and(two, name)));
  }
}
