package io.pipelab.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** A command's help: its own arguments and options first, then what many commands take. */
final class HelpSections {
  /** The options of all commands, under their headings. */
  private static final Map<String, List<String>> COMMON = new LinkedHashMap<>();

  static {
    COMMON.put("Lab", List.of("--instance", "-P", "--lab-dir"));
    COMMON.put("Target", List.of("--target", "--endpoint-url", "--profile", "--region"));
    COMMON.put("Output", List.of("-o", "--no-color", "-y", "--timeout", "--debug", "-h", "-V"));
  }

  private HelpSections() {}

  /** Shapes the help of a command. */
  static void on(CommandLine command) {
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpSections::synopsis);
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::options);
    List<String> order = new ArrayList<>(command.getHelpSectionKeys());
    List<String> commands =
        List.of(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    order.removeAll(commands);
    order.addAll(order.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST), commands);
    command.setHelpSectionKeys(order);
  }

  /** The names that mean nothing for a command, though all commands could take them. */
  static Set<String> without(CommandSpec spec) {
    return spec.userObject() instanceof PipelabAction action ? action.without() : Set.of();
  }

  private static String synopsis(Help help) {
    CommandSpec spec = help.commandSpec();
    StringBuilder text = new StringBuilder(spec.qualifiedName());
    text.append(" [OPTIONS]");
    if (!spec.subcommands().isEmpty()) {
      text.append(" COMMAND");
    }
    for (PositionalParamSpec each : spec.positionalParameters()) {
      boolean needed = each.arity().min() > 0 || each.paramLabel().startsWith("[");
      text.append(needed ? " " + each.paramLabel() : " [" + each.paramLabel() + "]");
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String options(Help help) {
    CommandSpec spec = help.commandSpec();
    StringBuilder text = new StringBuilder();
    List<OptionSpec> own = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (COMMON.values().stream().noneMatch(group -> contains(group, option))) {
        own.add(option);
      }
    }
    text.append(list(help, own, spec.positionalParameters()));
    Set<String> without = without(spec);
    COMMON.forEach(
        (heading, names) -> {
          List<OptionSpec> group =
              names.stream()
                  .filter(name -> !without.contains(name))
                  .map(spec::findOption)
                  .filter(option -> option != null)
                  .toList();
          if (!group.isEmpty()) {
            text.append(System.lineSeparator()).append(heading).append(":");
            text.append(System.lineSeparator()).append(list(help, group, List.of()));
          }
        });
    return text.toString();
  }

  private static boolean contains(List<String> group, OptionSpec option) {
    return group.stream().anyMatch(List.of(option.names())::contains);
  }

  private static String list(
      Help help, List<OptionSpec> options, List<PositionalParamSpec> parameters) {
    Help.Layout layout = help.createDefaultLayout(options, parameters, help.colorScheme());
    layout.addAllPositionalParameters(parameters, new Labels(help.parameterLabelRenderer()));
    layout.addAllOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  /** A parameter's label as it is written, whatever its arity: {@code [LAB] DIR}. */
  private record Labels(Help.IParamLabelRenderer usual) implements Help.IParamLabelRenderer {
    @Override
    public Help.Ansi.Text renderParameterLabel(
        CommandLine.Model.ArgSpec argument, Help.Ansi ansi, List<Help.Ansi.IStyle> styles) {
      return ansi.new Text(argument.paramLabel());
    }

    @Override
    public String separator() {
      return usual.separator();
    }
  }
}
