package io.pipelab.cli;

import io.pipelab.target.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which copy of a lab, with which parameters. */
final class LabOptions {
  @Option(
      names = "--instance",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "a second copy of the lab beside the first; prefixes every name")
  @Nullable String instance;

  @Option(
      names = "-P",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "set a parameter of the lab")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--lab-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "a folder of labs, or one lab, of your own")
  @Nullable Path labDir;

  /** The instance's name, checked; empty for the first, and when none is given. */
  String instance() {
    if (instance == null || instance.isEmpty()) {
      return "";
    }
    if (!instance.matches("[a-z][a-z0-9]{0,11}")) {
      throw Failure.usage(
          "--instance '" + instance + "' is not a name for a copy of a lab",
          "use up to twelve lower-case letters and digits, a letter first");
    }
    return instance;
  }
}
