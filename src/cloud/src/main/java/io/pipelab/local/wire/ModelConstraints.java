package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Refuses requests that break their model's constraints, for the services that do so before
 * anything else and in the one wording of AWS's framework. {@code constraints.txt} has the
 * constraints, which {@code constraints.py} writes; services with words of their own are not in it.
 */
final class ModelConstraints {
  private static final Map<String, String> CODES =
      Map.of(
          "logs", "InvalidParameterException",
          "cloudformation", "ValidationError",
          "iam", "ValidationError",
          "monitoring", "ValidationError",
          "sts", "ValidationError");

  /** What they say themselves of a member that is missing comes first. */
  private static final Set<String> WORDS_OF_THEIR_OWN = Set.of("lambda", "monitoring");

  private static final Map<Class<?>, ConstraintCheck> CHECKS = new ConcurrentHashMap<>();

  private ModelConstraints() {}

  /**
   * Lets a request pass that is as its model says.
   *
   * @throws AwsError ValidationException, or as the service calls it
   */
  static void require(SdkPojo request, String service, String action) {
    if (!Table.SERVICES.contains(service)) {
      return;
    }
    ConstraintCheck check = CHECKS.get(request.getClass());
    if (check == null) {
      check = ConstraintCheck.of(request, Table.of(service, action));
      CHECKS.put(request.getClass(), check);
    }
    List<String> broken = new ArrayList<>();
    if (!WORDS_OF_THEIR_OWN.contains(service)) {
      broken.addAll(MissingMembers.sentences(request, service, action));
    }
    check.collect(request, "", broken);
    if (!broken.isEmpty()) {
      throw AwsError.badRequest(
          CODES.getOrDefault(service, "ValidationException"),
          broken.size()
              + " validation error"
              + (broken.size() == 1 ? "" : "s")
              + " detected: "
              + String.join("; ", broken));
    }
  }

  /** Whether an action's constraints are known, or its service has none in the table. */
  static boolean knows(String service, String action) {
    return !Table.SERVICES.contains(service) || Table.LINES.containsKey(key(service, action));
  }

  private static String key(String service, String action) {
    return (service + " " + action).toLowerCase(Locale.ROOT);
  }

  /** Read at the first call. */
  private static final class Table {
    /** By service and action, or service and {@code =Shape}: the rest of the line. */
    static final Map<String, String> LINES = read();

    static final Set<String> SERVICES =
        Set.copyOf(LINES.keySet().stream().map(each -> each.split(" ")[0]).distinct().toList());

    static Map<String, Constraint> of(String service, String action) {
      Map<String, Constraint> byPath = new HashMap<>();
      for (String use : LINES.getOrDefault(key(service, action), "").split(" ")) {
        int cut = use.indexOf('=');
        if (cut > 0) {
          String shape = service + " " + use.substring(cut);
          byPath.put(
              use.substring(0, cut),
              Constraint.parse(Objects.requireNonNull(LINES.get(shape), shape)));
        }
      }
      return byPath;
    }

    private static Map<String, String> read() {
      Map<String, String> lines = new HashMap<>();
      try (InputStream in = ModelConstraints.class.getResourceAsStream("constraints.txt")) {
        String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        for (String line : text.split("\n")) {
          String[] words = line.split(" ", 3);
          String key = words[0] + " " + words[1];
          boolean shape = words[1].startsWith("=");
          lines.put(shape ? key : key.toLowerCase(Locale.ROOT), words.length < 3 ? "" : words[2]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return lines;
    }
  }
}
