package io.pipelab.local.iam;

/**
 * A role; changes make a new value.
 *
 * @param trust who may assume it
 * @param maxSessionSeconds how long a session may last at most
 */
record Role(Identity identity, Document trust, String description, int maxSessionSeconds)
    implements Holder<Role> {
  @Override
  public Role with(Identity changed) {
    return new Role(changed, trust, description, maxSessionSeconds);
  }

  Role withTrust(Document document) {
    return new Role(identity, document, description, maxSessionSeconds);
  }

  Role withSettings(String text, int seconds) {
    return new Role(identity, trust, text, seconds);
  }
}
