package io.pipelab.cli;

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
      LocalRunCommand.class
    },
    footer = {
      "",
      "  pipelab local start --speed 1     CloudWatch in real time",
      "  pipelab local status"
    })
final class LocalCommand {}
