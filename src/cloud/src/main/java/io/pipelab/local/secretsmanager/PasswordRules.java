package io.pipelab.local.secretsmanager;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a random password is made of (GetRandomPassword).
 *
 * @param excluded characters that it must not have
 * @param each whether each included type must occur
 */
record PasswordRules(
    int length,
    String excluded,
    boolean lowercase,
    boolean uppercase,
    boolean numbers,
    boolean punctuation,
    boolean space,
    boolean each) {
  private static final int USUAL_LENGTH = 32;
  private static final int LONGEST = 4096;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** As a request says it; what is not said is as AWS has it. */
  static PasswordRules of(
      @Nullable Long length,
      @Nullable String excluded,
      @Nullable Boolean noLowercase,
      @Nullable Boolean noUppercase,
      @Nullable Boolean noNumbers,
      @Nullable Boolean noPunctuation,
      @Nullable Boolean space,
      @Nullable Boolean each) {
    long chosen = length == null ? USUAL_LENGTH : length;
    if (chosen < 1 || chosen > LONGEST) {
      throw Errors.parameter(
          "Password length must be between 1 and " + LONGEST + ", not " + chosen + ".");
    }
    return new PasswordRules(
        (int) chosen,
        excluded == null ? "" : excluded,
        !Boolean.TRUE.equals(noLowercase),
        !Boolean.TRUE.equals(noUppercase),
        !Boolean.TRUE.equals(noNumbers),
        !Boolean.TRUE.equals(noPunctuation),
        Boolean.TRUE.equals(space),
        !Boolean.FALSE.equals(each));
  }

  /**
   * A new password.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterException when no character is left,
   *     or too few for all types
   */
  String generate() {
    List<String> types = types();
    if (types.isEmpty()) {
      throw Errors.parameter("All characters are excluded from the password.");
    }
    List<Character> password = new ArrayList<>();
    if (each) {
      types.forEach(type -> password.add(any(type)));
    }
    if (password.size() > length) {
      throw Errors.parameter(
          "The password length must be at least the number of required character types.");
    }
    String all = String.join("", types);
    while (password.size() < length) {
      password.add(any(all));
    }
    Collections.shuffle(password, RANDOM);
    return password.stream().map(String::valueOf).collect(Collectors.joining());
  }

  private static char any(String characters) {
    return characters.charAt(RANDOM.nextInt(characters.length()));
  }

  private List<String> types() {
    List<String> types = new ArrayList<>();
    add(types, lowercase, "abcdefghijklmnopqrstuvwxyz");
    add(types, uppercase, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    add(types, numbers, "0123456789");
    add(types, punctuation, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    add(types, space, " ");
    return types;
  }

  private void add(List<String> types, boolean wanted, String characters) {
    String left =
        characters
            .chars()
            .filter(each -> excluded.indexOf(each) < 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    if (wanted && !left.isEmpty()) {
      types.add(left);
    }
  }
}
