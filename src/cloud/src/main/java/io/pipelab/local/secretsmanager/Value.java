package io.pipelab.local.secretsmanager;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What a version of a secret holds: a text or bytes. It is never shown but to who asks for it.
 *
 * @param text null when it is bytes
 * @param bytes null when it is a text
 */
record Value(@Nullable String text, @Nullable SdkBytes bytes) {
  private static final int LONGEST = 65536;

  /**
   * A request's value.
   *
   * @return null when it has none
   */
  static @Nullable Value of(@Nullable String text, @Nullable SdkBytes bytes) {
    if (text != null && bytes != null) {
      throw Errors.parameter(
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    if (text != null && text.length() > LONGEST) {
      throw Errors.validation(
          "1 validation error detected: Value at 'secretString' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + LONGEST);
    }
    return text == null && bytes == null ? null : new Value(text, bytes);
  }

  boolean same(Value other) {
    return Objects.equals(text, other.text) && Objects.equals(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "a secret's value";
  }
}
