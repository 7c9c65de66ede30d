package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.kernel.HttpCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** The members of a REST operation that travel outside the body: path, query string, headers. */
public final class HttpMembers {
  private HttpMembers() {}

  /**
   * Fills a request's builder from a call's head.
   *
   * @param labels the decoded values of the path's labels
   */
  public static void fill(HttpCall call, Map<String, String> labels, SdkPojo builder) {
    Map<String, List<String>> query = query(call.rawQuery());
    for (SdkField<?> field : builder.sdkFields()) {
      Object value =
          switch (field.location()) {
            case PATH, GREEDY_PATH -> scalar(labels.get(field.locationName()), field);
            case QUERY_PARAM -> parameter(query, field);
            case HEADER -> fromHeader(call, field);
            default -> null;
          };
      if (value != null) {
        field.set(builder, value);
      }
    }
  }

  private static @Nullable Object scalar(@Nullable String text, SdkField<?> field) {
    return text == null
        ? null
        : Scalars.read(TextNode.valueOf(text), field.marshallingType(), field.locationName());
  }

  private static @Nullable Object parameter(Map<String, List<String>> query, SdkField<?> field) {
    List<String> values = query.get(field.locationName());
    if (field.marshallingType() == MarshallingType.MAP) {
      return rest(query, field);
    }
    if (values == null) {
      return null;
    }
    return field.marshallingType() == MarshallingType.LIST
        ? list(values, field)
        : scalar(values.get(0), field);
  }

  /** A map in the query string takes every parameter; its values are texts or lists. */
  private static Map<String, Object> rest(Map<String, List<String>> query, SdkField<?> field) {
    SdkField<?> value = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
    boolean lists = value.marshallingType() == MarshallingType.LIST;
    Map<String, Object> map = new LinkedHashMap<>();
    query.forEach((name, values) -> map.put(name, lists ? values : values.get(0)));
    return map;
  }

  private static List<Object> list(List<String> values, SdkField<?> field) {
    SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
    List<Object> list = new ArrayList<>();
    for (String each : values) {
      list.add(
          Scalars.read(TextNode.valueOf(each), member.marshallingType(), field.locationName()));
    }
    return list;
  }

  private static @Nullable Object fromHeader(HttpCall call, SdkField<?> field) {
    if (field.marshallingType() == MarshallingType.MAP) {
      return prefixed(call.headers(), field.locationName());
    }
    String text = call.header(field.locationName());
    if (text != null && field.marshallingType() == MarshallingType.LIST) {
      return list(Stream.of(text.split(",")).map(String::strip).toList(), field);
    }
    return scalar(text, field);
  }

  /** A map in headers is all those that start with its name, {@code x-amz-meta-}. */
  private static Map<String, Object> prefixed(Map<String, List<String>> headers, String prefix) {
    Map<String, Object> map = new LinkedHashMap<>();
    headers.forEach(
        (name, values) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT))) {
            map.put(name.substring(prefix.length()), values.get(0));
          }
        });
    return map;
  }

  /** The parameters of a query string, decoded; one without a value has the empty one. */
  public static Map<String, List<String>> query(@Nullable String rawQuery) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      int cut = pair.indexOf('=');
      String name = Percent.decode(cut < 0 ? pair : pair.substring(0, cut));
      query
          .computeIfAbsent(name, each -> new ArrayList<>())
          .add(cut < 0 ? "" : Percent.decode(pair.substring(cut + 1)));
    }
    return query;
  }

  /** The headers of a response: its members of that location which are set. */
  public static Map<String, String> headers(SdkPojo response) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (SdkField<?> field : response.sdkFields()) {
      Object value = field.getValueOrDefault(response);
      if (value == null || field.location() != MarshallLocation.HEADER) {
        continue;
      }
      if (value instanceof Map<?, ?> map) {
        map.forEach((name, each) -> headers.put(field.locationName() + name, "" + each));
      } else {
        headers.put(field.locationName(), header(value, field));
      }
    }
    return headers;
  }

  private static String header(Object value, SdkField<?> field) {
    if (value instanceof Instant instant) {
      TimestampFormatTrait trait = field.getTrait(TimestampFormatTrait.class);
      return Timestamps.format(instant, trait == null ? Format.RFC_822 : trait.format());
    }
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(String::valueOf).toList());
    }
    return value.toString();
  }
}
