package io.pipelab.local.ec2;

import io.pipelab.local.kernel.AwsError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The filters of one Describe action: what each filter name looks at. Values may hold the wildcards
 * * and ?.
 *
 * @param values by filter name, what an item has there
 * @param tags an item's tags, for {@code tag:KEY} and {@code tag-key}
 */
record Filters<T>(Map<String, Function<T, List<String>>> values, Function<T, List<Tag>> tags) {

  /** The items that match every filter. */
  List<T> select(Collection<T> items, @Nullable List<Filter> filters) {
    return filters == null
        ? List.copyOf(items)
        : items.stream().filter(item -> filters.stream().allMatch(f -> matches(item, f))).toList();
  }

  private boolean matches(T item, Filter filter) {
    List<String> has = at(item, filter.name());
    return filter.values().stream()
        .map(Filters::pattern)
        .anyMatch(wanted -> has.stream().anyMatch(value -> wanted.matcher(value).matches()));
  }

  private List<String> at(T item, String name) {
    if (name.equals("tag-key")) {
      return tags.apply(item).stream().map(Tag::key).toList();
    }
    if (name.startsWith("tag:")) {
      String key = name.substring("tag:".length());
      return tags.apply(item).stream().filter(t -> t.key().equals(key)).map(Tag::value).toList();
    }
    Function<T, List<String>> value = values.get(name);
    if (value == null) {
      throw AwsError.notImplemented("the EC2 filter " + name);
    }
    return value.apply(item);
  }

  private static Pattern pattern(String wildcard) {
    StringBuilder regex = new StringBuilder();
    for (char c : wildcard.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
