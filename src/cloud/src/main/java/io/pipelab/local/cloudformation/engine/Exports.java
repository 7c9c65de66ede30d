package io.pipelab.local.cloudformation.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.template.Invalid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The region's exported values, and which stacks import them. */
public final class Exports {
  /** One exported value. */
  public record Export(LiveStack stack, String name, String value) {}

  private final Map<String, Export> byName = new TreeMap<>();
  private final Map<LiveStack, Set<String>> imports = new HashMap<>();

  /** All exports, by name. */
  public synchronized List<Export> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The value of an export.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError {@code No export named X found}
   */
  public synchronized JsonNode value(String name) {
    Export export = byName.get(name);
    if (export == null) {
      throw Invalid.request("No export named " + name + " found");
    }
    return TextNode.valueOf(export.value());
  }

  public synchronized boolean has(String name) {
    return byName.containsKey(name);
  }

  /** Names of the stacks that import it. */
  public synchronized List<String> importers(String name) {
    List<String> names = new ArrayList<>();
    imports.forEach(
        (stack, used) -> {
          if (used.contains(name)) {
            names.add(stack.name());
          }
        });
    names.sort(null);
    return names;
  }

  /**
   * Says that a stack imports these from now on, besides what it imports already.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError when one does not exist
   */
  synchronized void use(LiveStack stack, Set<String> names) {
    names.forEach(this::value);
    imports.computeIfAbsent(stack, key -> new LinkedHashSet<>()).addAll(names);
  }

  /** Says that a stack imports exactly these. */
  synchronized void useOnly(LiveStack stack, Set<String> names) {
    imports.put(stack, new LinkedHashSet<>(names));
  }

  /**
   * Makes these a stack's exports.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError when another stack has one of them, or
   *     imports one that changes or goes
   */
  synchronized void publish(LiveStack stack, Map<String, String> exports) {
    for (String name : exports.keySet()) {
      Export taken = byName.get(name);
      if (taken != null && taken.stack() != stack) {
        throw Invalid.request(
            "Export with name " + name + " is already exported by stack " + taken.stack().name());
      }
    }
    for (Export export : all()) {
      String value = exports.get(export.name());
      if (export.stack() == stack && !export.value().equals(value)) {
        List<String> importers = importers(export.name());
        if (!importers.isEmpty()) {
          throw Invalid.request(
              "Export "
                  + export.name()
                  + (value == null ? " cannot be deleted" : " cannot be updated")
                  + " as it is in use by "
                  + words(importers));
        }
      }
    }
    byName.values().removeIf(each -> each.stack() == stack);
    exports.forEach((name, value) -> byName.put(name, new Export(stack, name, value)));
  }

  /**
   * Refuses to delete a stack while another one imports from it.
   *
   * @throws io.pipelab.local.kernel.AwsError ValidationError
   */
  synchronized void requireUnused(LiveStack stack) {
    for (Export export : all()) {
      List<String> importers = importers(export.name());
      importers.remove(stack.name());
      if (export.stack() == stack && !importers.isEmpty()) {
        throw Invalid.request(
            "Delete canceled. Cannot delete export "
                + export.name()
                + " as it is in use by "
                + words(importers)
                + ".");
      }
    }
  }

  /** Ends a stack's exports. */
  synchronized void withdraw(LiveStack stack) {
    byName.values().removeIf(each -> each.stack() == stack);
  }

  /** Ends a stack's imports. */
  synchronized void release(LiveStack stack) {
    imports.remove(stack);
  }

  private static String words(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
