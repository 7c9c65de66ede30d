package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;

/** The names that CloudFormation itself defines (AWS: pseudo parameters reference). */
public record PseudoParameters(String account, String region, String stackId, String stackName) {
  static final Set<String> NAMES =
      Set.of(
          "AWS::AccountId",
          "AWS::NoValue",
          "AWS::NotificationARNs",
          "AWS::Partition",
          "AWS::Region",
          "AWS::StackId",
          "AWS::StackName",
          "AWS::URLSuffix");

  /** The value of one of {@link #NAMES}; a missing node for AWS::NoValue. */
  JsonNode value(String name) {
    return switch (name) {
      case "AWS::AccountId" -> TextNode.valueOf(account);
      case "AWS::NoValue" -> MissingNode.getInstance();
      case "AWS::NotificationARNs" -> Intrinsic.list();
      case "AWS::Partition" -> TextNode.valueOf("aws");
      case "AWS::Region" -> TextNode.valueOf(region);
      case "AWS::StackId" -> TextNode.valueOf(stackId);
      case "AWS::StackName" -> TextNode.valueOf(stackName);
      case "AWS::URLSuffix" -> TextNode.valueOf("amazonaws.com");
      default -> throw new IllegalArgumentException("no pseudo parameter " + name);
    };
  }
}
