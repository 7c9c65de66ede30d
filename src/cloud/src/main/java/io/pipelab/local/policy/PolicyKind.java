package io.pipelab.local.policy;

/** What a policy is attached to, in the words of AWS's refusals. */
public enum PolicyKind {
  IDENTITY("identity-based policy", "an identity-based policy"),
  RESOURCE("resource-based policy", "a resource-based policy"),
  TRUST("role trust policy", "a role trust policy"),
  BOUNDARY("permissions boundary", "a permissions boundary"),
  SESSION("session policy", "a session policy");

  private final String words;
  private final String withArticle;

  PolicyKind(String words, String withArticle) {
    this.words = words;
    this.withArticle = withArticle;
  }

  /** {@code identity-based policy}. */
  public String words() {
    return words;
  }

  String withArticle() {
    return withArticle;
  }
}
