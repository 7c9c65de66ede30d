package io.pipelab.local.lambda;

import io.pipelab.local.kernel.AwsError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * Which of AWS's runtimes can run here: those of Java, on the JVM that the cloud itself runs on.
 */
final class RuntimeSupport {
  private static final Map<Runtime, Integer> JAVA =
      Map.of(
          Runtime.JAVA8_AL2, 8,
          Runtime.JAVA11, 11,
          Runtime.JAVA17, 17,
          Runtime.JAVA21, 21,
          Runtime.JAVA25, 25);

  private RuntimeSupport() {}

  /**
   * Checks a function's Runtime.
   *
   * @param hostFeature the feature version of the cloud's JVM
   * @throws AwsError InvalidParameterValueException for a name that AWS does not know, else
   *     NotImplemented with the reason
   */
  static void check(String given, int hostFeature) {
    Runtime runtime = Runtime.fromValue(given);
    if (runtime == Runtime.UNKNOWN_TO_SDK_VERSION) {
      List<String> known = Arrays.stream(Runtime.values()).map(String::valueOf).sorted().toList();
      throw Errors.invalid(
          "Value "
              + given
              + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
              + known.subList(0, known.size() - 1)
              + " or be a valid ARN");
    }
    Integer feature = JAVA.get(runtime);
    if (feature == null) {
      throw AwsError.notImplemented(
          "runtime " + given + ": it runs Java functions alone (java17 and others)");
    }
    if (feature > hostFeature) {
      throw AwsError.notImplemented(
          "runtime "
              + given
              + " on Java "
              + hostFeature
              + ", the JVM that it was started with; use java17, or start it with Java "
              + feature);
    }
  }
}
