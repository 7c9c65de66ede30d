package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.AwsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** A query string's parameters, decoded, in their order; a plus sign is a plus sign. */
record QueryParameters(List<Parameter> all) {
  record Parameter(String name, String value) {
    String encodedName() {
      return SdkHttpUtils.urlEncode(name);
    }

    String encodedValue() {
      return SdkHttpUtils.urlEncode(value);
    }
  }

  static QueryParameters of(@Nullable String rawQuery) {
    List<Parameter> all = new ArrayList<>();
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      int cut = pair.indexOf('=');
      if (!pair.isEmpty()) {
        all.add(
            new Parameter(
                decode(cut < 0 ? pair : pair.substring(0, cut)),
                cut < 0 ? "" : decode(pair.substring(cut + 1))));
      }
    }
    return new QueryParameters(all);
  }

  @Nullable String first(String name) {
    return all.stream()
        .filter(each -> each.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElse(null);
  }

  /** Sorted and encoded again, without one parameter. */
  String canonicalWithout(String name) {
    return all.stream()
        .filter(each -> !each.name().equals(name))
        .sorted(Comparator.comparing(Parameter::encodedName).thenComparing(Parameter::encodedValue))
        .map(each -> each.encodedName() + "=" + each.encodedValue())
        .collect(Collectors.joining("&"));
  }

  /**
   * Decodes percent-encoding.
   *
   * @throws AwsError IncompleteSignature
   */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AwsError.badRequest(
          "IncompleteSignature", "The request's URL has an incomplete percent-encoding.");
    }
  }
}
