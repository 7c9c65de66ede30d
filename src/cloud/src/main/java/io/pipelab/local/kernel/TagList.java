package io.pipelab.local.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tags between the lists of an API's own class and the map by key that services keep. */
public final class TagList {
  private TagList() {}

  /**
   * Reads a request's tags.
   *
   * @param tags null for none
   * @param code the service's code for a request that is not valid
   * @throws AwsError with that code when a key or a value is missing
   */
  public static <T> Map<String, String> read(
      @Nullable Collection<T> tags,
      Function<T, @Nullable String> key,
      Function<T, @Nullable String> value,
      String code) {
    Map<String, String> byKey = new TreeMap<>();
    int number = 0;
    for (T tag : tags == null ? List.<T>of() : tags) {
      number++;
      byKey.put(
          required(key.apply(tag), number, "key", code),
          required(value.apply(tag), number, "value", code));
    }
    return byKey;
  }

  private static String required(@Nullable String text, int number, String member, String code) {
    if (text == null) {
      throw AwsError.badRequest(
          code,
          "1 validation error detected: Value null at 'tags."
              + number
              + ".member."
              + member
              + "' failed to satisfy constraint: Member must not be null");
    }
    return text;
  }

  /** The tags as a list, in the order of their keys. */
  public static <T> List<T> write(Map<String, String> tags, BiFunction<String, String, T> tag) {
    return new TreeMap<>(tags)
        .entrySet().stream().map(each -> tag.apply(each.getKey(), each.getValue())).toList();
  }

  /** Tags with more over them. */
  public static Map<String, String> merged(Map<String, String> tags, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(tags);
    all.putAll(more);
    return all;
  }

  /** Tags without some keys. */
  public static Map<String, String> without(Map<String, String> tags, Collection<String> keys) {
    Map<String, String> rest = new TreeMap<>(tags);
    rest.keySet().removeAll(keys);
    return rest;
  }
}
