package io.pipelab.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How a command talks, and how long it may take. */
final class OutputOptions {
  /** What goes to stdout. */
  enum Format {
    text,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      description = "output format: text (default) or one JSON document")
  Format format = Format.text;

  @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "no colours")
  boolean noColor;

  @Option(
      names = {"-y", "--yes"},
      scope = ScopeType.INHERIT,
      description = "skip the confirmation before changing AWS")
  boolean yes;

  @Option(
      names = "--timeout",
      paramLabel = "T",
      scope = ScopeType.INHERIT,
      converter = DurationConverter.class,
      description = "longest time for the whole command: 90s, 15m, 1h")
  @Nullable Duration timeout;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "show the stack trace of an error")
  boolean debug;

  boolean json() {
    return format == Format.json;
  }
}
