package io.pipelab.local.kernel;

/**
 * The one account and the one region that the embedded cloud is.
 *
 * @param account twelve digits
 * @param region for example {@code us-east-1}
 * @param endpoint the gateway's URL, for example {@code http://127.0.0.1:4566}
 */
public record CloudIdentity(String account, String region, java.net.URI endpoint) {
  /** {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }

  /** An ARN of a global service, without a region: {@code arn:aws:iam::ACCOUNT:RESOURCE}. */
  public String globalArn(String service, String resource) {
    return "arn:aws:" + service + "::" + account + ":" + resource;
  }
}
