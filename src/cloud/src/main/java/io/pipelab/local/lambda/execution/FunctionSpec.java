package io.pipelab.local.lambda.execution;

import java.time.Duration;
import java.util.Map;

/**
 * One version of a function as an execution environment needs it.
 *
 * @param arn the function's ARN without a version
 * @param version {@code $LATEST} or a number
 * @param revision changes with code and configuration; environments of another revision are not
 *     reused
 * @param runtime for example {@code java17}
 * @param memoryMb MemorySize in MB
 * @param variables the user's own environment variables
 */
public record FunctionSpec(
    String name,
    String arn,
    String version,
    String revision,
    String runtime,
    String handler,
    int memoryMb,
    Duration timeout,
    Map<String, String> variables,
    String roleArn,
    String logGroup,
    DeploymentPackage code) {

  /** What environments that can take this function's events have in common. */
  String key() {
    return arn + ":" + version + ":" + revision;
  }
}
