package io.pipelab.image;

import io.pipelab.target.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.services.ecr.EcrClient;

/** What a registry wants to see; never logged. */
record RegistryPassword(String user, String password) {
  /** Asks ECR for a password of twelve hours (GetAuthorizationToken). */
  static RegistryPassword of(EcrClient ecr) {
    String token = ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken();
    String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    int cut = text.indexOf(':');
    if (cut < 0) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "ECR's authorization token is none",
          "it holds no user and password",
          "is an AWS-compatible service behind the endpoint?");
    }
    return new RegistryPassword(text.substring(0, cut), text.substring(cut + 1));
  }

  @Override
  public String toString() {
    return user + ":***";
  }
}
