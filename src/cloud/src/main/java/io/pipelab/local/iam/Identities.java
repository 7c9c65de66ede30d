package io.pipelab.local.iam;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All users, all groups or all roles of the account. Names differ by more than their case. */
final class Identities<T extends Holder<T>> {
  private final Map<String, T> byName = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> nameById = new ConcurrentHashMap<>();
  private final IdentityKind kind;
  private final CloudIdentity cloud;
  private final CloudClock clock;

  Identities(IdentityKind kind, CloudIdentity cloud, CloudClock clock) {
    this.kind = kind;
    this.cloud = cloud;
    this.clock = clock;
  }

  IdentityKind kind() {
    return kind;
  }

  /** A new identity of this kind, which is not added yet. */
  Identity fresh(String path, String name, Map<String, String> tags, @Nullable String boundary) {
    return new Identity(
        path,
        name,
        UniqueIds.next(kind.idPrefix()),
        arn(path, name),
        clock.now(),
        tags,
        Map.of(),
        List.of(),
        boundary);
  }

  /**
   * Adds what {@link #fresh} began.
   *
   * @throws AwsError EntityAlreadyExists
   */
  synchronized T add(T holder) {
    if (byName.containsKey(holder.name())) {
      throw exists(holder.name());
    }
    byName.put(holder.name(), holder);
    nameById.put(holder.identity().id(), holder.name());
    return holder;
  }

  /**
   * The one of that name.
   *
   * @throws AwsError NoSuchEntity
   */
  T get(String name) {
    T holder = byName.get(name);
    if (holder == null) {
      throw missing(name);
    }
    return holder;
  }

  /** The one of that name; null when there is none. */
  @Nullable T find(String name) {
    return byName.get(name);
  }

  /** The one of that ARN, which ends with the name, unique without its path; null for none. */
  @Nullable T byArn(String arn) {
    T holder = byName.get(arn.substring(arn.lastIndexOf('/') + 1));
    return holder != null && holder.arn().equals(arn) ? holder : null;
  }

  /** The one of that unique id, whatever it is called now; null when it was deleted. */
  @Nullable T byId(String id) {
    String name = nameById.get(id);
    return name == null ? null : byName.get(name);
  }

  /** By name, those whose path begins so. */
  List<T> list(String pathPrefix) {
    return byName.values().stream()
        .filter(each -> each.identity().path().startsWith(pathPrefix))
        .toList();
  }

  synchronized T change(String name, UnaryOperator<T> change) {
    T changed = change.apply(get(name));
    byName.put(changed.name(), changed);
    return changed;
  }

  /** Changes what all kinds have in common. */
  T alter(String name, UnaryOperator<Identity> change) {
    return change(name, holder -> holder.with(change.apply(holder.identity())));
  }

  /**
   * Gives another name or path; null leaves it.
   *
   * @throws AwsError EntityAlreadyExists
   */
  synchronized T rename(String name, @Nullable String newPath, @Nullable String newName) {
    T holder = get(name);
    Identity old = holder.identity();
    String path = newPath == null ? old.path() : newPath;
    String next = newName == null ? old.name() : newName;
    T taken = byName.get(next);
    if (taken != null && !taken.identity().id().equals(old.id())) {
      throw exists(next);
    }
    T renamed = holder.with(old.renamed(path, next, arn(path, next)));
    byName.remove(old.name());
    byName.put(next, renamed);
    nameById.put(old.id(), next);
    return renamed;
  }

  /**
   * Deletes one that holds nothing any more.
   *
   * @param check refuses for reasons of the kind's own, before the others
   * @throws AwsError NoSuchEntity, DeleteConflict
   */
  synchronized void delete(String name, Consumer<T> check) {
    T holder = get(name);
    check.accept(holder);
    if (!holder.identity().inline().isEmpty()) {
      throw conflict("must delete policies first.");
    }
    if (!holder.identity().attached().isEmpty()) {
      throw conflict("must detach all policies first.");
    }
    byName.remove(name);
    nameById.remove(holder.identity().id());
  }

  /** DeleteConflict in IAM's words. */
  static AwsError conflict(String what) {
    return AwsError.of("DeleteConflict", 409, "Cannot delete entity, " + what);
  }

  private String arn(String path, String name) {
    return cloud.globalArn("iam", kind.word() + path + name);
  }

  private AwsError exists(String name) {
    return AwsError.of(
        "EntityAlreadyExists", 409, kind.title() + " with name " + name + " already exists.");
  }

  private AwsError missing(String name) {
    return AwsError.notFound(
        "NoSuchEntity", "The " + kind.word() + " with name " + name + " cannot be found.");
  }
}
