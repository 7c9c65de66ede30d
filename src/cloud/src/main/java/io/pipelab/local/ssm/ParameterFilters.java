package io.pipelab.local.ssm;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/** ParameterFilters of DescribeParameters and GetParametersByPath. */
final class ParameterFilters {
  private static final String TAG = "tag:";

  private ParameterFilters() {}

  /**
   * The parameters that all filters let through.
   *
   * @throws AwsError InvalidFilterKey, InvalidFilterOption
   */
  static Predicate<StoredParameter> of(List<ParameterStringFilter> filters) {
    return filters.stream().map(ParameterFilters::one).reduce(each -> true, Predicate::and);
  }

  private static Predicate<StoredParameter> one(ParameterStringFilter filter) {
    String key = Objects.requireNonNullElse(filter.key(), "");
    List<String> values = filter.values();
    if (key.startsWith(TAG)) {
      String tag = key.substring(TAG.length());
      return parameter ->
          parameter.tags().containsKey(tag)
              && (values.isEmpty() || values.contains(parameter.tags().get(tag)));
    }
    String option = Objects.requireNonNullElse(filter.option(), "");
    return switch (key) {
      case "Name" -> by(parameter -> Stream.of(parameter.name()), text(option), values);
      case "Path" -> by(parameter -> Stream.of(parameter.name()), path(option), values);
      case "Type" -> by(parameter -> Stream.of(latestType(parameter)), equal(option), values);
      case "KeyId" ->
          by(parameter -> Stream.ofNullable(parameter.latest().keyId()), equal(option), values);
      case "Tier" ->
          by(parameter -> Stream.of(parameter.latest().tier().toString()), equal(option), values);
      case "DataType" ->
          by(parameter -> Stream.of(parameter.latest().dataType()), equal(option), values);
      case "Label" ->
          by(
              parameter -> parameter.labels().values().stream().flatMap(labels -> labels.stream()),
              equal(option),
              values);
      default ->
          throw AwsError.badRequest(
              "InvalidFilterKey", "The following filter key is not valid: " + key + ".");
    };
  }

  private static String latestType(StoredParameter parameter) {
    return parameter.latest().type().toString();
  }

  private static Predicate<StoredParameter> by(
      java.util.function.Function<StoredParameter, Stream<String>> has,
      BiPredicate<String, String> matches,
      List<String> values) {
    return parameter ->
        has.apply(parameter)
            .anyMatch(each -> values.stream().anyMatch(wanted -> matches.test(each, wanted)));
  }

  private static BiPredicate<String, String> equal(String option) {
    if (!option.isEmpty() && !option.equals("Equals")) {
      throw wrong(option, "Equals");
    }
    return String::equals;
  }

  private static BiPredicate<String, String> text(String option) {
    return switch (option) {
      case "", "Equals" -> String::equals;
      case "BeginsWith" -> String::startsWith;
      case "Contains" -> String::contains;
      default -> throw wrong(option, "BeginsWith, Contains, Equals");
    };
  }

  private static BiPredicate<String, String> path(String option) {
    return switch (option) {
      case "", "OneLevel" -> (name, path) -> isBelow(name, path, false);
      case "Recursive" -> (name, path) -> isBelow(name, path, true);
      default -> throw wrong(option, "OneLevel, Recursive");
    };
  }

  /** Whether a name lies in a hierarchy; names without a slash lie in {@code /} itself. */
  static boolean isBelow(String name, String path, boolean recursive) {
    String full = name.startsWith("/") ? name : "/" + name;
    String base = path.endsWith("/") ? path : path + "/";
    return full.startsWith(base) && (recursive || full.indexOf('/', base.length()) < 0);
  }

  private static AwsError wrong(String option, String valid) {
    return AwsError.badRequest(
        "InvalidFilterOption",
        "The following filter option is not valid: "
            + option
            + ". Valid options include: "
            + valid
            + ".");
  }
}
