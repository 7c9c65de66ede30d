package io.pipelab.local.iam;

/**
 * The kinds of identities, and what differs between them (IAM User Guide, "IAM and AWS STS
 * quotas").
 */
enum IdentityKind {
  USER("user", "User", "AIDA", 2048),
  GROUP("group", "Group", "AGPA", 5120),
  ROLE("role", "Role", "AROA", 10240);

  /** How many managed policies each may have. */
  static final int MOST_ATTACHED = 10;

  private final String word;
  private final String title;
  private final String idPrefix;
  private final int inlineCharacters;

  IdentityKind(String word, String title, String idPrefix, int inlineCharacters) {
    this.word = word;
    this.title = title;
    this.idPrefix = idPrefix;
    this.inlineCharacters = inlineCharacters;
  }

  /** As it stands in ARNs and in messages: {@code role}. */
  String word() {
    return word;
  }

  /** At the start of messages and in the names of quotas: {@code Role}. */
  String title() {
    return title;
  }

  String idPrefix() {
    return idPrefix;
  }

  /** How many characters all its inline policies may have together. */
  int inlineCharacters() {
    return inlineCharacters;
  }
}
