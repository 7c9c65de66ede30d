package io.pipelab.local.kernel;

import java.util.Optional;

/** Port to Systems Manager's Parameter Store: how CloudFormation reads a parameter. */
public interface ParameterStore {
  /**
   * A parameter's value.
   *
   * @param type {@code String}, {@code StringList} or {@code SecureString}
   * @param text the value itself, also of a SecureString
   */
  record Value(String type, String text) {}

  /**
   * Finds a parameter.
   *
   * @param name as GetParameter takes it: a name or an ARN, perhaps with {@code :VERSION} or {@code
   *     :LABEL}
   */
  Optional<Value> find(String name);
}
