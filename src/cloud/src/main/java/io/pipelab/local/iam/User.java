package io.pipelab.local.iam;

/** An IAM user; his access keys and groups refer to him by his id. */
record User(Identity identity) implements Holder<User> {
  @Override
  public User with(Identity changed) {
    return new User(changed);
  }
}
