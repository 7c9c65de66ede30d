package io.pipelab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The page of a lab in {@code docs/labs/}: what it tells to type stands in blocks of shell. */
final class LabPage {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final String PIPELAB = "pipelab ";

  private final String lab;

  LabPage(String lab) {
    this.lab = lab;
  }

  /**
   * Its lines on a lab that stands and was driven, to be pasted one after the other. Those that
   * build it, phase by phase, are left out (PhasesIT), and what the README tells to type, too, with
   * the lab's name and without: that is typed there, and to drive a lab twice takes longer.
   */
  List<String> lines() throws IOException {
    Set<String> elsewhere =
        ReadmeIT.sequences().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    List<String> lines = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(HOME.resolve("docs/labs").resolve(lab + ".md"))) {
      if (line.startsWith("```")) {
        shell = !shell && line.equals("```sh");
      } else if (shell
          && !line.isBlank()
          && !line.startsWith(PIPELAB + "up ")
          && !elsewhere.contains(withoutLab(line))) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** A command of pipelab as the README has it: of the one lab that is up. */
  private String withoutLab(String line) {
    String command = line.startsWith(PIPELAB) ? line.substring(PIPELAB.length()) : line;
    return command.replaceFirst(" " + lab + "(?= |$)", "");
  }
}
