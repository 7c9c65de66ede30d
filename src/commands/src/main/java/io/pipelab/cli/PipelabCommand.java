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
      "  pipelab run                 everything on the embedded cloud, nothing is left",
      "  pipelab up                  the lab, to look around in",
      "  pipelab load-queue          messages into its queue; then 'pipelab verify'",
      "  pipelab run --target aws    the same on real AWS",
      "  pipelab doctor              check the prerequisites"
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
