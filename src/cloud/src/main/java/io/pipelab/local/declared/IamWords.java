package io.pipelab.local.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a declaration's line about IAM: {@code lambda:CreateFunction arn:... when Publish}, {@code
 * iam:PassRole ${Role} iam:PassedToService=lambda.amazonaws.com}.
 */
final class IamWords {
  private IamWords() {}

  static IamUse use(String words) {
    List<IamTemplate> resources = new ArrayList<>();
    Map<String, IamTemplate> keys = new LinkedHashMap<>();
    List<String> all = List.of(words.split(" +"));
    int end = all.size();
    @Nullable String when = null;
    @Nullable String unless = null;
    if (end > 2 && all.get(end - 2).equals("when")) {
      when = all.get(end - 1);
    } else if (end > 2 && all.get(end - 2).equals("unless")) {
      unless = all.get(end - 1);
    }
    for (String word : all.subList(1, when == null && unless == null ? end : end - 2)) {
      if (isResource(word)) {
        resources.add(new IamTemplate(word));
      } else {
        keys.putAll(keys(word));
      }
    }
    if (!all.get(0).matches("[a-z0-9-]+:\\S+") || resources.isEmpty()) {
      throw new IllegalArgumentException("not 'iam service:Action RESOURCE ...': " + words);
    }
    return new IamUse(new IamTemplate(all.get(0)), resources, keys, when, unless);
  }

  private static boolean isResource(String word) {
    return word.startsWith("arn:") || word.startsWith("$") || word.equals("*");
  }

  /** {@code KEY=TEMPLATE} words. */
  static Map<String, IamTemplate> keys(String words) {
    Map<String, IamTemplate> keys = new LinkedHashMap<>();
    for (String word : words.split(" +")) {
      int cut = word.indexOf('=');
      if (cut < 0 || !word.substring(0, cut).contains(":")) {
        throw new IllegalArgumentException("not 'service:Key=VALUE': " + word);
      }
      keys.put(word.substring(0, cut), new IamTemplate(word.substring(cut + 1)));
    }
    return keys;
  }
}
