package io.pipelab.cli;

import io.pipelab.target.Failure;
import io.pipelab.target.TargetVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pipelab aws}: the AWS command line, with endpoint, region and keys set. */
@Command(
    name = "aws",
    description =
        "Runs the AWS command line on the target: 'aws' of the PATH, with endpoint, region and keys"
            + " set. All that follows goes to it as it stands; pipelab's own options stand before"
            + " 'aws'.",
    footer = {
      "",
      "  pipelab aws sqs list-queues",
      "  pipelab aws help",
      "  pipelab --target aws --region eu-west-1 aws sts get-caller-identity"
    })
final class AwsCommand implements PipelabAction {
  private static final String PROGRAM = "aws";

  @Parameters(arity = "0..*", paramLabel = "ARGS", description = "of the AWS command line")
  List<String> arguments = new ArrayList<>();

  @Override
  public Set<String> without() {
    return Set.of("-P", "-o", "--instance", "--lab-dir", "--timeout");
  }

  @Override
  public ExitCode run(Session session) {
    Map<String, String> mine = session.invocation().environment();
    List<String> command = new ArrayList<>();
    command.add(find(mine.getOrDefault("PATH", "")).toString());
    TargetVariables variables = session.targetVariables();
    String endpoint = variables.set().get("AWS_ENDPOINT_URL");
    // Version 1 ignores the variable for SQS (aws-cli issue 8737) and would speak to AWS.
    if (endpoint != null && arguments.stream().noneMatch(AwsCommand::isEndpoint)) {
      command.addAll(List.of("--endpoint-url", endpoint));
    }
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(mine);
    variables.unset().forEach(environment::remove);
    environment.putAll(variables.set());
    environment.putIfAbsent("AWS_PAGER", "");
    return new ExitCode(run(builder));
  }

  private static boolean isEndpoint(String argument) {
    return argument.equals("--endpoint-url") || argument.startsWith("--endpoint-url=");
  }

  private static int run(ProcessBuilder builder) {
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("the AWS command line cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private static Path find(String path) {
    for (String folder : path.split(":")) {
      Path program = Path.of(folder).resolve(PROGRAM);
      if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program;
      }
    }
    throw Failure.usage("there is no 'aws' on the PATH: install the AWS command line", null);
  }
}
