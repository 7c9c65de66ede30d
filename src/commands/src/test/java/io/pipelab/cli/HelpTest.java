package io.pipelab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The help of every command. */
class HelpTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> helpOfEveryCommand() {
    Stream<List<String>> commands =
        Stream.concat(
            Stream.of(List.<String>of()), Commands.table().keySet().stream().map(List::of));
    Stream<List<String>> local =
        Stream.of("start", "stop", "status", "reset", "run", "actions")
            .map(name -> List.of("local", name));
    return Stream.concat(commands, local).map(this::help);
  }

  private DynamicTest help(List<String> command) {
    String name = command.isEmpty() ? "pipelab" : String.join("-", command);
    String[] args = Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);
    return DynamicTest.dynamicTest(
        name, () -> Golden.assertMatches("help/" + name, new InProcess(folder).transcript(args)));
  }
}
