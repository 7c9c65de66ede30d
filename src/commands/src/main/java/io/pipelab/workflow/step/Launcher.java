package io.pipelab.workflow.step;

import io.pipelab.lab.ShellCommand;
import io.pipelab.target.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the user starts pipelab, for the commands that are printed to be pasted.
 *
 * @param command the program: {@code pipelab}, {@code bin/pipelab}
 * @param options of all commands, which the user gave and another command needs too
 */
public record Launcher(String command, List<String> options) {
  /** The start of a command line that reaches that target, quoted for a POSIX shell. */
  public String on(Target target) {
    List<String> words = new ArrayList<>(List.of(command));
    if (target instanceof Target.Aws aws) {
      words.addAll(List.of("--target", "aws"));
      add(words, "--profile", aws.profile());
      add(words, "--region", aws.region());
    } else if (target instanceof Target.Endpoint endpoint) {
      words.addAll(List.of("--endpoint-url", endpoint.uri().toString()));
      add(words, "--profile", endpoint.profile());
      add(words, "--region", endpoint.region());
    }
    words.addAll(options);
    return ShellCommand.quoted(words);
  }

  private static void add(List<String> words, String option, @Nullable String value) {
    if (value != null) {
      words.addAll(List.of(option, value));
    }
  }
}
