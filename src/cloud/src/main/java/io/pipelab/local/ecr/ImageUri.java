package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.Set;

/**
 * Where an image is: {@code HOST/REPOSITORY[:TAG][@DIGEST]}.
 *
 * @param reference the digest when there is one, else the tag, else {@code latest}
 */
record ImageUri(String host, String repository, String reference) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

  /**
   * Reads an image URI as Docker does.
   *
   * @throws AwsError InvalidParameterException for a text that is none
   */
  static ImageUri parse(String uri) {
    int slash = uri.indexOf('/');
    String first = slash < 0 ? "" : uri.substring(0, slash);
    boolean hosted = first.contains(".") || first.contains(":") || first.equals("localhost");
    String host = hosted ? first : "docker.io";
    String rest = hosted ? uri.substring(slash + 1) : uri;
    String digest = "";
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = rest.substring(at + 1);
      rest = rest.substring(0, at);
    }
    int colon = rest.lastIndexOf(':');
    String tag = colon > rest.lastIndexOf('/') ? rest.substring(colon + 1) : "";
    String repository = colon > rest.lastIndexOf('/') ? rest.substring(0, colon) : rest;
    if (repository.isEmpty() || (at >= 0 && !Digests.isDigest(digest))) {
      throw EcrErrors.invalid("'" + uri + "' is not an image URI");
    }
    String reference = digest.isEmpty() ? (tag.isEmpty() ? "latest" : tag) : digest;
    return new ImageUri(host, repository, reference);
  }

  /**
   * Whether the image is in the embedded cloud's registry, under its own address or under the name
   * that ECR would give it.
   */
  boolean isIn(CloudIdentity identity) {
    String ecr = identity.account() + ".dkr.ecr." + identity.region() + ".amazonaws.com";
    if (host.equals(identity.endpoint().getRawAuthority()) || host.equals(ecr)) {
      return true;
    }
    int colon = host.lastIndexOf(':');
    return colon > 0
        && LOOPBACK.contains(host.substring(0, colon))
        && host.substring(colon + 1).equals(Integer.toString(identity.endpoint().getPort()));
  }
}
