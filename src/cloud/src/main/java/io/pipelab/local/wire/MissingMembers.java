package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Finds the members that a service's model requires and a request does not have. It is asked when
 * an action failed over a request that no service would take; what an action says itself of a
 * missing member, in AWS's words, comes first. The SDK's classes do not know what is required:
 * {@code required-members.txt} does, which {@code required-members.py} writes.
 */
final class MissingMembers {
  /** Services whose errors are named as the Query protocol has them. */
  private static final Set<String> QUERY =
      Set.of("sqs", "sns", "monitoring", "cloudformation", "iam", "sts", "ec2", "rds");

  private MissingMembers() {}

  /** The error for the first member that is missing, or nothing when all are there. */
  static Optional<AwsError> of(SdkPojo request, String service, String action) {
    return Objects.requireNonNullElse(required(service, action), List.<String>of()).stream()
        .filter(path -> missing(request, List.of(path.split("\\."))))
        .findFirst()
        .map(path -> error(path, service));
  }

  /** What AWS's framework says of each member that is missing in the request itself. */
  static List<String> sentences(SdkPojo request, String service, String action) {
    return Objects.requireNonNullElse(required(service, action), List.<String>of()).stream()
        .filter(path -> !path.contains("[]") && missing(request, List.of(path.split("\\."))))
        .map(MissingMembers::sentence)
        .toList();
  }

  private static String sentence(String path) {
    String shown =
        Stream.of(path.split("\\.")).map(ConstraintCheck::shown).collect(Collectors.joining("."));
    return "Value null at '" + shown + "' failed to satisfy constraint: Member must not be null";
  }

  private static AwsError error(String path, String service) {
    if (service.equals("s3")) {
      return AwsError.badRequest("InvalidRequest", "Missing required value: " + path);
    }
    if (QUERY.contains(service)) {
      return AwsError.badRequest(
          "MissingParameter", "The request must contain the parameter " + path + ".");
    }
    return AwsError.badRequest(
        service.equals("lambda") ? "InvalidParameterValueException" : "ValidationException",
        "1 validation error detected: " + sentence(path));
  }

  /** Whether a member at the end of a path is missing in something that is there. */
  private static boolean missing(Object within, List<String> path) {
    if (within instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(each -> each != null && missing(each, path));
    }
    if (within instanceof Collection<?> list) {
      return list.stream().anyMatch(each -> each != null && missing(each, path));
    }
    if (!(within instanceof SdkPojo pojo)) {
      return false;
    }
    Object value = value(pojo, path.get(0).replace("[]", ""));
    if (value == null || PojoWriter.isAutoConstruct(value)) {
      return path.size() == 1;
    }
    return path.size() > 1 && missing(value, path.subList(1, path.size()));
  }

  private static @Nullable Object value(SdkPojo pojo, String member) {
    for (SdkField<?> field : pojo.sdkFields()) {
      if (field.memberName().equalsIgnoreCase(member)) {
        return field.getValueOrDefault(pojo);
      }
    }
    return null;
  }

  /** The paths of an action's required members, {@code Tags[].Key}; null for an unknown action. */
  static @Nullable List<String> required(String service, String action) {
    return Table.PATHS.get((service + " " + action).toLowerCase(Locale.ROOT));
  }

  /** Read when the first action fails. */
  private static final class Table {
    static final Map<String, List<String>> PATHS = read();

    private static Map<String, List<String>> read() {
      Map<String, List<String>> paths = new HashMap<>();
      try (InputStream in = MissingMembers.class.getResourceAsStream("required-members.txt")) {
        String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
          List<String> words = List.of(line.split(" "));
          String action = words.get(0) + " " + words.get(1);
          paths.put(action.toLowerCase(Locale.ROOT), words.subList(2, words.size()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return paths;
    }
  }
}
