package io.pipelab.local.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * AWS's Service Authorization Reference: which actions IAM knows, and on which resources each can
 * be allowed. {@code service-authorization.py} writes the file.
 */
final class ServiceAuthorization {
  private final Map<String, List<Pattern>> formats = new HashMap<>();

  private ServiceAuthorization() {}

  static ServiceAuthorization read() {
    ServiceAuthorization all = new ServiceAuthorization();
    try (InputStream in =
        ServiceAuthorization.class.getResourceAsStream("/service-authorization.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        List<String> words = List.of(line.split(" "));
        all.formats.put(
            words.get(0),
            words.stream().skip(1).map(ServiceAuthorization::pattern).distinct().toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Pattern pattern(String format) {
    String plain =
        format
            .replace("${Partition}", "aws")
            .replace("${Region}", "us-east-1")
            .replace("${Account}", "000000000000");
    return Pattern.compile(plain.replaceAll("\\$\\{[^}]*}", ".*"));
  }

  boolean has(String action) {
    return formats.containsKey(action.toLowerCase(Locale.ROOT));
  }

  /** Whether an action can be allowed on a resource; for some the copy names no resources. */
  boolean admits(String action, String resource) {
    List<Pattern> known = formats.getOrDefault(action.toLowerCase(Locale.ROOT), List.of());
    return resource.equals("*")
        || known.isEmpty()
        || known.stream().anyMatch(each -> each.matcher(resource).matches());
  }
}
