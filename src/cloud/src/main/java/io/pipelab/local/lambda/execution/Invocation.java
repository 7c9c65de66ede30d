package io.pipelab.local.lambda.execution;

/**
 * One event for a function.
 *
 * @param functionArn the ARN that was invoked, with its qualifier when there was one
 */
public record Invocation(String requestId, String functionArn, byte[] payload) {}
