package io.pipelab.local.cloudformation.template;

/**
 * What becomes of a resource that its stack no longer holds (DeletionPolicy, UpdateReplacePolicy).
 */
public enum RemovalPolicy {
  DELETE("Delete"),
  RETAIN("Retain"),
  RETAIN_EXCEPT_ON_CREATE("RetainExceptOnCreate");

  private final String text;

  RemovalPolicy(String text) {
    this.text = text;
  }

  /** As templates spell it. */
  public String text() {
    return text;
  }
}
