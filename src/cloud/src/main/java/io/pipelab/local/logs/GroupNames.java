package io.pipelab.local.logs;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and ARNs of log groups, and the ways in which a request names one. */
record GroupNames(CloudIdentity identity) {
  private static final Pattern GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]{1,512}");
  private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");

  /** A name for a new group. */
  static String newGroup(@Nullable String given) {
    String name = Refusal.required(given, "logGroupName");
    if (!GROUP.matcher(name).matches()) {
      throw Refusal.constraint(
          name,
          "logGroupName",
          "Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+, and have length"
              + " between 1 and 512");
    }
    if (name.startsWith("aws/")) {
      throw Refusal.parameter("Log groups starting with AWS/ are reserved for AWS.");
    }
    return name;
  }

  /** A name for a new stream. */
  static String newStream(@Nullable String given) {
    String name = Refusal.required(given, "logStreamName");
    if (!STREAM.matcher(name).matches()) {
      throw Refusal.constraint(
          name,
          "logStreamName",
          "Member must satisfy regular expression pattern: [^:*]*, and have length between 1 and"
              + " 512");
    }
    return name;
  }

  /** The group that a request means, by its name or by its name or ARN. */
  static String of(@Nullable String name, @Nullable String identifier) {
    if (name != null && identifier != null) {
      throw AwsError.badRequest(
          "ValidationException",
          "LogGroup name and LogGroup ARN are mutually exclusive parameters.");
    }
    if (name == null && identifier == null) {
      throw Refusal.parameter("Missing required parameter: logGroupName or logGroupIdentifier");
    }
    return name != null ? name : ofIdentifier(Refusal.required(identifier, "logGroupIdentifier"));
  }

  /** The name in a name or an ARN, with or without the star at its end. */
  static String ofIdentifier(String identifier) {
    int at = identifier.indexOf(":log-group:");
    if (!identifier.startsWith("arn:") || at < 0) {
      return identifier;
    }
    String name = identifier.substring(at + ":log-group:".length());
    return name.endsWith(":*") ? name.substring(0, name.length() - 2) : name;
  }

  /** The ARN by which tags and policies mean the group. */
  String arn(String group) {
    return identity.arn("logs", "log-group:" + group);
  }

  String streamArn(String group, String stream) {
    return arn(group) + ":log-stream:" + stream;
  }
}
