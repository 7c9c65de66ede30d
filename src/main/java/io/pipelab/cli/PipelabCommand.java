package io.pipelab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of all commands, which holds the options that all of them take. */
@Command(
    name = "pipelab",
    description = "Event-driven AWS labs: stood up, driven, checked, and taken down again.",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions of all commands:%n",
    footer = {
      "",
      "A lab is 'decoupling' unless another is named or up. Try:",
      "  pipelab run                 everything on the embedded cloud, and nothing left after it",
      "  pipelab up                  the lab, to look around in; then 'pipelab load-queue --count 500'",
      "  pipelab run --target aws    the same on real AWS"
    })
final class PipelabCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      description = "show the version")
  boolean version;

  @Mixin final TargetOptions target = new TargetOptions();
  @Mixin final LabOptions labs = new LabOptions();
  @Mixin final OutputOptions output = new OutputOptions();
}
