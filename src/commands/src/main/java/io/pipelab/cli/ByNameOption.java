package io.pipelab.cli;

import picocli.CommandLine.Option;

/** That a lab was made by hand. */
final class ByNameOption {
  @Option(
      names = "--by-name",
      description =
          "the lab was made by hand: its parts are found by their well-known names where no stack"
              + " has them")
  boolean byName;
}
