package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a Query request, whose dotted names ({@code Tags.member.1.Key}) make a tree.
 */
final class FormTree {
  private final Map<String, FormTree> children = new LinkedHashMap<>();
  private @Nullable String value;

  /** Parses a form body and a query string. */
  static FormTree parse(byte[] body, @Nullable String rawQuery) {
    FormTree root = new FormTree();
    root.addAll(new String(body, StandardCharsets.UTF_8));
    root.addAll(rawQuery == null ? "" : rawQuery);
    return root;
  }

  private void addAll(String form) {
    for (String pair : form.trim().split("&")) {
      int cut = pair.indexOf('=');
      String name = decode(cut < 0 ? pair : pair.substring(0, cut));
      if (!name.isEmpty()) {
        FormTree node = this;
        for (String part : name.split("\\.")) {
          node = node.children.computeIfAbsent(part, each -> new FormTree());
        }
        node.value = cut < 0 ? "" : decode(pair.substring(cut + 1));
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest("MalformedInput", "The form is not percent-encoded.");
    }
  }

  @Nullable String value() {
    return value;
  }

  @Nullable FormTree child(String name) {
    return children.get(name);
  }

  /** The value of a top-level parameter, or null. */
  @Nullable String text(String name) {
    FormTree child = children.get(name);
    return child == null ? null : child.value;
  }

  /** The children whose names are numbers, in their order. */
  List<FormTree> numbered() {
    Map<Integer, FormTree> ordered = new TreeMap<>();
    children.forEach(
        (name, child) -> {
          if (name.chars().allMatch(Character::isDigit) && name.length() < 7) {
            ordered.put(Integer.valueOf(name), child);
          }
        });
    return new ArrayList<>(ordered.values());
  }
}
