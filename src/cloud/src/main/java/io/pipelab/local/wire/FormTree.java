package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a Query request, whose dotted names ({@code Tags.member.1.Key}) make a tree.
 */
final class FormTree {
  /** More than any action of AWS takes; each costs a multiple of its bytes. */
  private static final int MOST_PARAMETERS = 200_000;

  private static final int MOST_PARTS = 32;
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

  /** Set with the first child: most nodes are leaves. */
  private Map<String, FormTree> children = Map.of();

  private @Nullable String value;

  /** Parses a form body and a query string. */
  static FormTree parse(byte[] body, @Nullable String rawQuery) {
    FormTree root = new FormTree();
    root.addAll(new String(body, StandardCharsets.UTF_8));
    root.addAll(rawQuery == null ? "" : rawQuery);
    return root;
  }

  private void addAll(String form) {
    String[] pairs = form.trim().split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      throw AwsError.badRequest("MalformedInput", "The form has too many parameters.");
    }
    for (String pair : pairs) {
      int cut = pair.indexOf('=');
      String name = Percent.decode(cut < 0 ? pair : pair.substring(0, cut));
      if (!name.isEmpty()) {
        put(name, cut < 0 ? "" : Percent.decode(pair.substring(cut + 1)));
      }
    }
  }

  private void put(String name, String text) {
    String[] parts = name.split("\\.", MOST_PARTS + 1);
    if (parts.length > MOST_PARTS) {
      throw AwsError.badRequest("MalformedInput", "The name of a parameter has too many parts.");
    }
    FormTree node = this;
    for (String part : parts) {
      node = node.childOrNew(part);
    }
    node.value = text;
  }

  private FormTree childOrNew(String name) {
    if (children.isEmpty()) {
      children = new LinkedHashMap<>(4);
    }
    return children.computeIfAbsent(name, each -> new FormTree());
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
          if (INDEX.matcher(name).matches()) {
            ordered.put(Integer.valueOf(name), child);
          }
        });
    return new ArrayList<>(ordered.values());
  }
}
