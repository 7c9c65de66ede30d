package io.pipelab.local.lambda.execution;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a function as an execution environment needs it.
 *
 * @param arn the function's ARN without a version
 * @param version {@code $LATEST} or a number
 * @param revision changes with code and configuration; environments of another revision are not
 *     reused
 * @param memoryMb MemorySize in MB
 * @param variables the user's own environment variables
 * @param vpc where it runs; nothing for outside of every VPC
 */
public record FunctionSpec(
    String name,
    String arn,
    String version,
    String revision,
    Program program,
    int memoryMb,
    Duration timeout,
    Map<String, String> variables,
    String roleArn,
    String logGroup,
    Optional<FunctionVpc> vpc) {

  /** The code, which is in use as long as an environment lives. */
  StoredCode code() {
    return program.code();
  }

  /** What environments that can take this function's events have in common. */
  String key() {
    return arn + ":" + version + ":" + revision;
  }
}
