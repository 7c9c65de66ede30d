package io.pipelab.local.declared;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An IAM action that a request needs.
 *
 * @param action {@code lambda:InvokeFunction}
 * @param resources the resources that it needs it on
 * @param keys condition keys of this use alone, {@code iam:PassedToService}
 * @param when the member without which it is not needed, or null
 * @param unless the member with which it is not needed, or null
 */
public record IamUse(
    IamTemplate action,
    List<IamTemplate> resources,
    Map<String, IamTemplate> keys,
    @Nullable String when,
    @Nullable String unless) {
  public IamUse {
    resources = List.copyOf(resources);
    keys = Map.copyOf(keys);
  }

  boolean applies(RequestMembers members) {
    return (when == null || members.has(when)) && (unless == null || !members.has(unless));
  }

  /** The paths of the members that it is made from. */
  public Set<String> paths(Map<String, String> names) {
    Set<String> paths = new TreeSet<>(action.paths(names));
    resources.forEach(each -> paths.addAll(each.paths(names)));
    keys.values().forEach(each -> paths.addAll(each.paths(names)));
    if (when != null) {
      paths.add(when);
    }
    if (unless != null) {
      paths.add(unless);
    }
    return paths;
  }
}
