package io.pipelab.report;

import io.pipelab.lab.template.EmbeddedActions.Action;
import io.pipelab.lab.template.EmbeddedService;
import io.pipelab.lab.template.EmbeddedTypes.Type;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code pipelab local actions}: what the embedded cloud implements. */
public final class ActionsPage {
  private static final WrappedText LINES = new WrappedText(Style.of(false), 100);

  private ActionsPage() {}

  /** The names of each service's actions and types. */
  public static void names(List<EmbeddedService> services, PrintStream out) {
    for (EmbeddedService service : services) {
      out.println(service.name());
      wrapped("", service.actions().stream().map(Action::name).toList(), out);
      wrapped("", List.copyOf(service.types().keySet()), out);
    }
  }

  /** A service's actions with the members that they honour, and its types with their properties. */
  public static void members(EmbeddedService service, PrintStream out) {
    for (Action action : service.actions()) {
      out.println(action.name());
      wrapped("", action.honours(), out);
      wrapped("harmless: ", action.harmless(), out);
      wrapped("default only: ", action.defaults(), out);
    }
    service
        .types()
        .forEach(
            (name, type) -> {
              out.println(name);
              wrapped("", List.copyOf(type.properties()), out);
              wrapped("Fn::GetAtt: ", List.copyOf(type.attributes()), out);
            });
  }

  private static void wrapped(String what, List<String> words, PrintStream out) {
    if (!words.isEmpty()) {
      LINES.plainLines(String.join(" ", words), "  " + what, "    ").forEach(out::println);
    }
  }

  /** The same as a document. */
  public static void json(List<EmbeddedService> services, PrintStream out) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.local.actions/1");
    json.put("services", services.stream().map(ActionsPage::service).toList());
    Json.print(out, json);
  }

  private static Map<String, Object> service(EmbeddedService service) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("service", service.name());
    json.put("actions", service.actions().stream().map(ActionsPage::action).toList());
    List<Object> types = new ArrayList<>();
    service.types().forEach((name, type) -> types.add(type(name, type)));
    json.put("types", types);
    return json;
  }

  private static Map<String, Object> action(Action action) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("action", action.name());
    json.put("honours", action.honours());
    json.put("harmless", action.harmless());
    json.put("default", action.defaults());
    return json;
  }

  private static Map<String, Object> type(String name, Type type) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", name);
    json.put("properties", type.properties());
    json.put("required", type.required());
    json.put("attributes", type.attributes());
    return json;
  }
}
