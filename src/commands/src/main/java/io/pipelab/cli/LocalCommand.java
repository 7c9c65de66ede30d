package io.pipelab.cli;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code pipelab local}: the embedded cloud by hand. */
@Command(
    name = "local",
    description =
        "The embedded cloud by hand. 'pipelab up' starts it when it does not run; it "
            + "listens on the loopback interface only, and runs until 'pipelab local stop'.",
    subcommands = {
      LocalStartCommand.class,
      LocalStopCommand.class,
      LocalStatusCommand.class,
      LocalResetCommand.class,
      LocalRunCommand.class,
      LocalActionsCommand.class
    },
    footer = {
      "",
      "  pipelab local start --speed 1     CloudWatch in real time",
      "  pipelab local status"
    })
final class LocalCommand {
  /** The embedded cloud is not a lab, and no other target. */
  static final Set<String> WITHOUT =
      Set.of(
          "--instance",
          "-P",
          "--lab-dir",
          "--target",
          "--endpoint-url",
          "--profile",
          "-y",
          "--timeout");

  /** It is asked for when the cloud starts. */
  static final Set<String> WITHOUT_REGION =
      Stream.concat(WITHOUT.stream(), Stream.of("--region")).collect(Collectors.toSet());
}
