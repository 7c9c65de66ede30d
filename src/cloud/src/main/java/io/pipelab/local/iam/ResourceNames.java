package io.pipelab.local.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the resources that a policy names, in IAM's words. */
final class ResourceNames {
  private static final List<String> IAM_PATHS =
      List.of(
          "user/",
          "federated-user/",
          "role/",
          "group/",
          "instance-profile/",
          "mfa/",
          "server-certificate/",
          "policy/",
          "sms-mfa/",
          "saml-provider/",
          "oidc-provider/",
          "report/",
          "access-report/");

  /** Services whose ARNs have no region. */
  private static final Map<String, String> GLOBAL =
      Map.of(
          "iam", "IAM resource %s cannot contain region information.",
          "s3", "Resource %s can not contain region information.");

  private ResourceNames() {}

  /** The first mistake in the order of the alphabet, in which IAM looks at a list's resources. */
  static Optional<String> mistake(List<String> resources) {
    return resources.stream()
        .sorted()
        .map(ResourceNames::mistake)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> mistake(String resource) {
    String[] parts = resource.split(":", 6);
    if (resource.equals("*")) {
      return Optional.empty();
    }
    if (parts.length == 1) {
      return Optional.of("Resource " + resource + " must be in ARN format or \"*\".");
    }
    if (!parts[1].equals("aws")) {
      return Optional.of(
          "Partition \"" + parts[1] + "\" is not valid for resource \"" + completed(parts) + "\".");
    }
    if (parts.length == 2) {
      return Optional.of("Resource vendor must be fully qualified and cannot contain regexes.");
    }
    String withRegion = GLOBAL.get(parts[2]);
    if (withRegion != null && (parts.length < 4 || !parts[3].isEmpty())) {
      return Optional.of(withRegion.formatted(resource));
    }
    boolean iam = parts[2].equals("iam") && parts.length == 6 && !parts[5].equals("*");
    if (iam && IAM_PATHS.stream().noneMatch(parts[5]::startsWith)) {
      return Optional.of(
          "IAM resource path must either be \"*\" or start with "
              + String.join(", ", IAM_PATHS)
              + ".");
    }
    return Optional.empty();
  }

  /** The ARN with stars for what it lacks. */
  private static String completed(String[] parts) {
    StringBuilder arn = new StringBuilder("arn:").append(parts[1]);
    for (int i = 2; i < 6; i++) {
      arn.append(':').append(i < parts.length ? parts[i] : "*");
    }
    return arn.toString();
  }
}
