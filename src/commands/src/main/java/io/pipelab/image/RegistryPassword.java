package io.pipelab.image;

import io.pipelab.target.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** What a registry wants to see; never logged. */
record RegistryPassword(String user, String password) {
  /** Asks ECR for a password of twelve hours (GetAuthorizationToken). */
  static RegistryPassword of(EcrClient ecr) {
    String token =
        ecr.getAuthorizationToken().authorizationData().stream()
            .map(AuthorizationData::authorizationToken)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    String text = decoded(token);
    int cut = text.indexOf(':');
    if (cut < 0) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "the target returned an authorization token for its registry that is not valid",
          "it holds no user and password",
          "is an AWS-compatible service behind the endpoint?");
    }
    return new RegistryPassword(text.substring(0, cut), text.substring(cut + 1));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // not Base64: refused above as a token without user and password
    }
  }

  @Override
  public String toString() {
    return user + ":***";
  }
}
