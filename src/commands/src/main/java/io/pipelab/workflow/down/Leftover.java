package io.pipelab.workflow.down;

/**
 * Something of a lab that is still there after {@code down}.
 *
 * @param type its CloudFormation type
 * @param id its name, address or ARN
 */
public record Leftover(String type, String id) {}
