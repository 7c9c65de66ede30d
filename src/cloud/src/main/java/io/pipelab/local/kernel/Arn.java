package io.pipelab.local.kernel;

/**
 * An Amazon Resource Name, {@code arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE}.
 *
 * @param resource everything behind the fifth colon, colons and slashes included
 */
public record Arn(
    String partition, String service, String region, String account, String resource) {
  /**
   * Reads an ARN.
   *
   * @throws IllegalArgumentException if the text is not an ARN
   */
  public static Arn parse(String text) {
    String[] parts = text.split(":", 6);
    if (parts.length != 6 || !parts[0].equals("arn")) {
      throw new IllegalArgumentException("not an ARN: " + text);
    }
    return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  /** The resource's last segment: what stands behind the last slash or colon. */
  public String name() {
    int cut = Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':'));
    return resource.substring(cut + 1);
  }

  @Override
  public String toString() {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
