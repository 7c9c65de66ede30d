package io.pipelab.local.payload;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A query string taken apart and put together: names and values, decoded, in their order. */
public final class QueryString {
  private QueryString() {}

  /** Takes a raw query string apart. */
  public static Map<String, List<String>> parse(String raw) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
      int cut = pair.indexOf('=');
      String name = decode(cut < 0 ? pair : pair.substring(0, cut));
      String value = cut < 0 ? "" : decode(pair.substring(cut + 1));
      parameters.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
    }
    return parameters;
  }

  /** Puts names and values together, encoded. */
  public static String format(Map<String, List<String>> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, values) -> values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
    return String.join("&", pairs);
  }

  /** What is badly encoded stays as it is. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
