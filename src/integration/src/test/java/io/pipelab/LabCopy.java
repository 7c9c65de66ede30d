package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.AwsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/** A small copy of a lab, worked on by pipelab's commands and by hand. */
final class LabCopy {
  /** More than ten messages raise the alarm, which starts one task. */
  private static final List<String> SMALL = List.of("-P", "TaskCount=1", "-P", "AlarmThreshold=10");

  private final String lab;
  private final List<String> parameters;
  private final String instance;
  private final Path home;
  private final Map<String, String> environment;
  final AwsClients aws;

  /**
   * A copy of the lab {@code decoupling} that is not up yet.
   *
   * @param instance its name
   * @param environment what tells the commands which cloud to use
   */
  LabCopy(String instance, Path home, Map<String, String> environment, AwsClients aws) {
    this("decoupling", SMALL, instance, home, environment, aws);
  }

  private LabCopy(
      String lab,
      List<String> parameters,
      String instance,
      Path home,
      Map<String, String> environment,
      AwsClients aws) {
    this.lab = lab;
    this.parameters = parameters;
    this.instance = instance;
    this.home = home;
    this.environment = environment;
    this.aws = aws;
  }

  /** A copy of another lab instead. */
  LabCopy as(String otherLab) {
    return new LabCopy(otherLab, List.of(), instance, home, environment, aws);
  }

  /** The same copy of a lab, whose parts are found by their names, with more options. */
  LabCopy byName(String otherLab, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--by-name");
    return new LabCopy(otherLab, all, instance, home, environment, aws);
  }

  /** Sets it up, or brings it up to date. */
  LabCopy up() {
    pipelab(0, "up");
    return this;
  }

  void down() {
    pipelab(0, "down");
  }

  void load(int count, String... more) {
    List<String> arguments = new ArrayList<>(List.of("load-queue", "--count", "" + count));
    arguments.addAll(List.of(more));
    pipelab(0, arguments.toArray(String[]::new));
  }

  void upload(Path file) {
    pipelab(0, "upload", file.toString());
  }

  /** A command, as this copy's: its exit code must be the given one. */
  String run(int exit, String... arguments) {
    return pipelab(exit, arguments);
  }

  /** What every name of it begins with. */
  String prefix() {
    return instance + "-";
  }

  /** What {@code verify} says, with the exit code that belongs to it. */
  Verified verify(int exit, String... more) {
    List<String> arguments = new ArrayList<>(List.of("verify", "-o", "json"));
    arguments.addAll(List.of(more));
    String document = pipelab(exit, arguments.toArray(String[]::new));
    try {
      JsonNode json = new ObjectMapper().readTree(document);
      return new Verified(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(document, e);
    }
  }

  /** Pastes what a step's hints say into a shell. */
  void paste(Verified verified, String step) {
    List<String> commands = verified.commandsOf(step);
    assertFalse(commands.isEmpty(), () -> "no command for " + step + ": " + verified.document());
    commands.forEach(this::paste);
  }

  private void paste(String command) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), () -> command + "\n" + told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** An output of the lab's stack. */
  String output(String key) {
    return aws
        .cloudFormation()
        .describeStacks(describe -> describe.stackName(stack()))
        .stacks()
        .get(0)
        .outputs()
        .stream()
        .filter(output -> output.outputKey().equals(key))
        .map(Output::outputValue)
        .collect(Collectors.joining());
  }

  /** Gives the stack another image, as somebody may in the console. */
  void updateStack(String imageUri) {
    List<Parameter> parameters =
        aws
            .cloudFormation()
            .describeStacks(describe -> describe.stackName(stack()))
            .stacks()
            .get(0)
            .parameters()
            .stream()
            .map(
                parameter ->
                    parameter.parameterKey().equals("ImageUri")
                        ? parameter.toBuilder().parameterValue(imageUri).build()
                        : Parameter.builder()
                            .parameterKey(parameter.parameterKey())
                            .usePreviousValue(true)
                            .build())
            .toList();
    aws.cloudFormation()
        .updateStack(
            update ->
                update
                    .stackName(stack())
                    .usePreviousTemplate(true)
                    .parameters(parameters)
                    .capabilities(Capability.CAPABILITY_NAMED_IAM));
    try (var waiter = aws.cloudFormation().waiter()) {
      waiter.waitUntilStackUpdateComplete(describe -> describe.stackName(stack()), Waits::near);
    }
  }

  private String stack() {
    return "pipelab-" + instance + "-" + lab + "-lab";
  }

  private String pipelab(int exit, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(1, lab);
    all.addAll(List.of("--instance", instance));
    all.addAll(parameters);
    Launched.Ended ended = new InProcess(environment).run(all.toArray(String[]::new));
    assertEquals(exit, ended.exitCode(), () -> all + "\n" + ended.err());
    return ended.out();
  }
}
