package io.pipelab.cli;

import io.pipelab.lab.NearestName;
import io.pipelab.report.ErrorLines;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the command line and runs the command. */
public final class Pipelab {
  private final @Nullable LiveTerminal live;
  private final Invocation invocation;

  /** For help alone, which holds no text but ours, and the parser's own colours. */
  private final Invocation raw;

  private final Interruption interruption;
  private final PipelabCommand root = new PipelabCommand();

  public Pipelab(Invocation invocation) {
    this.live = LiveTerminal.of(invocation);
    this.invocation = live == null ? invocation.visible() : live.invocation();
    this.raw = invocation;
    this.interruption = new Interruption(this.invocation.err(), this::endLiveView);
  }

  /** What to do when the process is told to end before the command is over. */
  public Runnable onInterrupt() {
    return interruption::tell;
  }

  /**
   * Runs a command line.
   *
   * @return the exit code
   */
  public int run(String... args) {
    try {
      return runParsed(args).number();
    } finally {
      interruption.over();
      endLiveView();
      invocation.out().flush();
      invocation.err().flush();
      raw.out().flush();
      raw.err().flush();
    }
  }

  private void endLiveView() {
    if (live != null) {
      live.close();
    }
  }

  private ExitCode runParsed(String... all) {
    CommandLine line = commandLine(all);
    String[] args = Arrays.copyOf(all, own(line.getCommandSpec(), all));
    ParseResult parsed;
    try {
      parsed = line.parseArgs(args);
    } catch (ParameterException e) {
      return usage(e);
    }
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    CommandLine command = parsed.commandSpec().commandLine();
    if (root.help) {
      HelpSections.on(command);
      command.usage(raw.out(), ansi());
      return ExitCode.OK;
    }
    if (root.version) {
      invocation.out().println("pipelab " + invocation.version());
      return ExitCode.OK;
    }
    for (OptionSpec given : parsed.matchedOptions()) {
      if (HelpSections.without(command.getCommandSpec()).stream()
          .anyMatch(List.of(given.names())::contains)) {
        String name = command.getCommandSpec().qualifiedName();
        ErrorLines.of(
                given.longestName() + " means nothing for '" + name + "'",
                null,
                "'" + name + " --help' shows what it takes")
            .forEach(invocation.err()::println);
        return ExitCode.USAGE;
      }
    }
    if (command.getCommand() instanceof AwsCommand aws) {
      aws.arguments = List.of(all).subList(args.length, all.length);
    }
    if (command.getCommand() instanceof PipelabAction action) {
      return run(action);
    }
    HelpSections.on(command);
    command.usage(raw.err(), ansi());
    return ExitCode.USAGE;
  }

  /**
   * How many arguments are pipelab's own: all, but those after {@code aws}, which takes them as
   * they stand. Only when its help is asked for is that pipelab's, too.
   */
  private static int own(CommandSpec spec, String... args) {
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("-")) {
        boolean help = args.length == i + 2 && List.of("-h", "--help").contains(args[i + 1]);
        return args[i].equals("aws") && !help ? i + 1 : args.length;
      }
      OptionSpec option = spec.findOption(args[i]);
      if (option != null && option.arity().max() > 0) {
        i++;
      }
    }
    return args.length;
  }

  private ExitCode run(PipelabAction action) {
    try (Session session = new Session(invocation, root, interruption, live)) {
      try {
        return action.run(session);
      } catch (ReaderGone e) {
        return ExitCode.OK;
      } catch (RuntimeException | Error e) {
        return session.present(e);
      }
    }
  }

  /** Only the commands that are named are built, because each costs start-up; all, when none is. */
  private CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(root);
    Map<String, Supplier<Object>> table = Commands.table();
    Set<String> named = Arrays.stream(args).filter(table::containsKey).collect(Collectors.toSet());
    table.forEach(
        (name, command) -> {
          if (named.isEmpty() || named.contains(name)) {
            line.addSubcommand(name, command.get());
          }
        });
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    return line;
  }

  /** A command line with all commands, for who describes it as a whole. */
  static CommandLine allCommands() {
    CommandLine line = new CommandLine(new PipelabCommand());
    Commands.table().forEach((name, command) -> line.addSubcommand(name, command.get()));
    return line;
  }

  private ExitCode usage(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String what = String.valueOf(e.getMessage());
    String next = "'" + spec.qualifiedName() + " --help' shows what it takes";
    if (e instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().get(0);
      what = unknown(given, spec);
    } else if (!(e instanceof MissingParameterException)) {
      what = plain(what);
    }
    ErrorLines.of(what, null, next).forEach(invocation.err()::println);
    return ExitCode.USAGE;
  }

  /** What the parser says, in the words that the other errors use. */
  private static String plain(String message) {
    return message
        .replaceFirst(" but was '", ", not '")
        .replaceFirst("' is not an? (long|int)$", "' is not a whole number")
        .replaceFirst(
            "^Value for option option '(-P)' .* but was (.*)$",
            "$1 $2 has no value: write $1 $2=VALUE");
  }

  private static String unknown(String given, CommandSpec spec) {
    if (given.startsWith("-")) {
      String name = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
      return "there is no option " + name + didYouMean(name, optionsOf(spec));
    }
    Collection<String> commands =
        spec.parent() == null ? Commands.table().keySet() : spec.subcommands().keySet();
    boolean takesCommands = spec.parent() == null || !spec.subcommands().isEmpty();
    return takesCommands
        ? "there is no command \"" + given + "\"" + NearestName.hint(given, commands)
        : "'" + given + "' is an unexpected argument of " + spec.qualifiedName();
  }

  private static List<String> optionsOf(CommandSpec spec) {
    return spec.options().stream()
        .map(OptionSpec::longestName)
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static String didYouMean(String given, Collection<String> known) {
    return NearestName.of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private Ansi ansi() {
    @Nullable String noColor = invocation.environment().get("NO_COLOR");
    boolean plain =
        root.output.noColor
            || !invocation.terminal().out()
            || invocation.terminal().dumb()
            || (noColor != null && !noColor.isEmpty());
    return plain ? Ansi.OFF : Ansi.ON;
  }
}
