package io.pipelab.local.lambda;

import io.pipelab.local.kernel.CloudIdentity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a request names a function: by name, ARN or partial ARN, with or without a qualifier.
 *
 * @param qualifier a version, an alias, {@code $LATEST}, or null
 */
record FunctionName(String name, @Nullable String qualifier) {
  static final String LATEST = "$LATEST";

  private static final String RULE =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
          + "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
  private static final Pattern PATTERN = Pattern.compile(RULE);
  private static final Pattern QUALIFIER = Pattern.compile("\\$LATEST|[a-zA-Z0-9$_-]{1,128}");
  private static final int MAX_NAME = 64;

  /**
   * Reads a {@code FunctionName} parameter.
   *
   * @param qualifier the request's own Qualifier, or null
   * @throws io.pipelab.local.kernel.AwsError ValidationException, InvalidParameterValueException
   */
  static FunctionName parse(@Nullable String given, @Nullable String qualifier) {
    if (given == null) {
      throw Errors.missing("functionName");
    }
    Matcher matcher = PATTERN.matcher(given);
    if (!matcher.matches()) {
      throw Errors.constraint(given, "functionName", "satisfy regular expression pattern: " + RULE);
    }
    String name = matcher.group(7);
    if (name.length() > MAX_NAME) {
      throw Errors.constraint(name, "functionName", "have length less than or equal to 64");
    }
    String inName = matcher.group(9);
    if (qualifier != null && !QUALIFIER.matcher(qualifier).matches()) {
      throw Errors.constraint(
          qualifier, "qualifier", "satisfy regular expression pattern: (|[a-zA-Z0-9$_-]+)");
    }
    if (inName != null && qualifier != null && !inName.equals(qualifier)) {
      throw Errors.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionName(name, qualifier == null ? inName : qualifier);
  }

  /** The qualifier, {@code $LATEST} when there is none. */
  String version() {
    return qualifier == null ? LATEST : qualifier;
  }

  String arn(CloudIdentity identity) {
    String arn = identity.arn("lambda", "function:" + name);
    return qualifier == null ? arn : arn + ":" + qualifier;
  }
}
