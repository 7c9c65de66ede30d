package io.pipelab.local.ssm;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What parameters may be called; "About requirements and constraints for parameter names". */
final class ParameterNames {
  private static final int MOST_LENGTH = 1011;
  private static final int MOST_LEVELS = 15;
  private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9_.\\-/]+");

  private static final String PARTS =
      " If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can"
          + " be formed as a mix of letters, numbers and the following 3 symbols .-_";

  /**
   * A name as it is asked for.
   *
   * @param selector a version's number or a label; null for the latest
   */
  record Asked(String name, @Nullable String selector) {}

  private ParameterNames() {}

  /**
   * Checks the name of a new parameter.
   *
   * @throws AwsError ValidationException, AccessDeniedException for AWS's own names,
   *     HierarchyLevelLimitExceededException
   */
  static void check(String name) {
    String start = name.toLowerCase(Locale.ROOT).replaceFirst("^/+", "");
    if (start.startsWith("aws") || start.startsWith("ssm")) {
      throw reserved(name);
    }
    if (name.isEmpty() || name.length() > MOST_LENGTH) {
      throw Refusals.invalid(
          "1 validation error detected: Value '"
              + name
              + "' at 'name' failed to satisfy constraint: Member must have length less than or"
              + " equal to 2048");
    }
    if (!ALLOWED.matcher(name).matches() || name.endsWith("/") || name.contains("//")) {
      throw Refusals.invalid(
          "Parameter name: can't be prefixed with \"ssm\" (case-insensitive)." + PARTS);
    }
    if (name.contains("/") && !name.startsWith("/")) {
      throw Refusals.invalid("Parameter name must be a fully qualified name.");
    }
    if (name.chars().filter(c -> c == '/').count() > MOST_LEVELS) {
      throw AwsError.badRequest(
          "HierarchyLevelLimitExceededException",
          "Hierarchy can have a maximum of " + MOST_LEVELS + " levels");
    }
  }

  private static AwsError reserved(String name) {
    boolean path = name.indexOf('/', 1) > 0;
    if (path && name.toLowerCase(Locale.ROOT).startsWith("/aws")) {
      return AwsError.badRequest(
          "AccessDeniedException", "No access to reserved parameter name: " + name + ".");
    }
    return Refusals.invalid(
        path
            ? "Parameter name: can't be prefixed with \"ssm\" (case-insensitive)." + PARTS
            : "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
  }

  /** {@code arn:aws:ssm:REGION:ACCOUNT:parameter/NAME}; a slash in front is not doubled. */
  static String arn(CloudIdentity identity, String name) {
    return identity.arn("ssm", "parameter" + (name.startsWith("/") ? name : "/" + name));
  }

  /** Takes a request's name apart: a name or an ARN, and what is behind the colon. */
  static Asked asked(CloudIdentity identity, String given) {
    String prefix = identity.arn("ssm", "parameter/");
    boolean arn = given.startsWith(prefix);
    String text = arn ? given.substring(prefix.length()) : given;
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String selector = colon < 0 ? null : text.substring(colon + 1);
    return new Asked(arn && name.contains("/") ? "/" + name : name, selector);
  }
}
