package io.pipelab.local.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What IAM is asked about the requests of one action.
 *
 * @param needed the IAM actions; none when AWS asks for none, as for GetCallerIdentity
 * @param keys condition keys of all of them, made from the request
 * @param tags members with tags that the request gives: {@code aws:RequestTag/K}, {@code
 *     aws:TagKeys}
 * @param tagKeys members with keys of tags that the request takes away: {@code aws:TagKeys}
 */
public record IamUses(
    List<IamUse> needed, Map<String, IamTemplate> keys, List<String> tags, List<String> tagKeys) {
  public IamUses {
    needed = List.copyOf(needed);
    keys = Map.copyOf(keys);
    tags = List.copyOf(tags);
    tagKeys = List.copyOf(tagKeys);
  }

  /**
   * The questions for one request: all have to be answered with yes. A resource whose name the
   * request does not have is {@code *}.
   *
   * @param names what is known without the request: Region, Account, Caller (his ARN)
   */
  public List<IamQuestion> questions(RequestMembers members, Map<String, String> names) {
    Map<String, List<String>> shared = shared(members, names);
    List<IamQuestion> questions = new ArrayList<>();
    for (IamUse use : needed) {
      if (use.applies(members)) {
        Map<String, List<String>> all = new LinkedHashMap<>(shared);
        use.keys().forEach((key, value) -> put(all, key, value.expand(members, names)));
        for (String action : use.action().expand(members, names)) {
          resources(use, members, names)
              .forEach(resource -> questions.add(new IamQuestion(action, resource, all)));
        }
      }
    }
    return questions;
  }

  private static List<String> resources(
      IamUse use, RequestMembers members, Map<String, String> names) {
    List<String> resources = new ArrayList<>();
    for (IamTemplate template : use.resources()) {
      List<String> texts = template.expand(members, names);
      resources.addAll(texts.isEmpty() ? List.of("*") : texts);
    }
    return resources.stream().distinct().toList();
  }

  private Map<String, List<String>> shared(RequestMembers members, Map<String, String> names) {
    Map<String, List<String>> shared = new LinkedHashMap<>();
    keys.forEach((key, value) -> put(shared, key, value.expand(members, names)));
    List<String> tagged = new ArrayList<>();
    for (String path : tags) {
      TagMembers.of(members, path)
          .forEach(
              (key, value) -> {
                shared.put("aws:RequestTag/" + key, List.of(value));
                tagged.add(key);
              });
    }
    tagKeys.forEach(path -> tagged.addAll(members.values(path)));
    put(shared, "aws:TagKeys", tagged);
    return shared;
  }

  private static void put(Map<String, List<String>> keys, String key, List<String> values) {
    if (!values.isEmpty()) {
      keys.put(key, List.copyOf(values));
    }
  }
}
