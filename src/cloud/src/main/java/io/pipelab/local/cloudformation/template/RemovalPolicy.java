package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What becomes of a resource that its stack no longer holds (DeletionPolicy, UpdateReplacePolicy).
 */
public enum RemovalPolicy {
  DELETE("Delete"),
  RETAIN("Retain"),
  RETAIN_EXCEPT_ON_CREATE("RetainExceptOnCreate"),
  SNAPSHOT("Snapshot");

  private static final String DATABASE = "AWS::RDS::DBInstance";

  private final String text;

  RemovalPolicy(String text) {
    this.text = text;
  }

  /**
   * What becomes of a resource whose DeletionPolicy is not said: a database that is in no cluster
   * is not lost (CloudFormation guide, "DeletionPolicy attribute").
   */
  static RemovalPolicy usual(String type, JsonNode properties) {
    return type.equals(DATABASE) && !properties.has("DBClusterIdentifier") ? SNAPSHOT : DELETE;
  }

  /** Whether the resource stays. */
  public boolean keeps() {
    return this == RETAIN || this == RETAIN_EXCEPT_ON_CREATE;
  }

  /** As templates spell it. */
  public String text() {
    return text;
  }
}
