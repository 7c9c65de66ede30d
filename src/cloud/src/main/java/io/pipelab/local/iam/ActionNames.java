package io.pipelab.local.iam;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is wrong with the actions that a policy names, in IAM's words. */
final class ActionNames {
  private static final Pattern VENDOR = Pattern.compile("[a-zA-Z0-9.-]*|\\*");

  private ActionNames() {}

  static Optional<String> mistake(List<String> actions) {
    return actions.stream().map(ActionNames::mistake).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> mistake(String action) {
    String[] parts = action.split(":", -1);
    if (parts.length == 1 && !action.equals("*")) {
      return Optional.of(
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    if (parts.length > 2) {
      return Optional.of("Actions/Condition can contain only one colon.");
    }
    return VENDOR.matcher(parts[0]).matches()
        ? Optional.empty()
        : Optional.of("Vendor " + parts[0] + " is not valid");
  }
}
