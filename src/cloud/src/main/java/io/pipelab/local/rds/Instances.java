package io.pipelab.local.rds;

import io.pipelab.local.kernel.DatabaseInstances;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** The region's database instances, by identifier in lower case. */
final class Instances implements DatabaseInstances {
  private final Map<String, Instance> byId = new ConcurrentSkipListMap<>();

  /**
   * Adds an instance.
   *
   * @throws io.pipelab.local.kernel.AwsError DBInstanceAlreadyExists
   */
  void add(String id, Instance instance) {
    if (byId.putIfAbsent(id, instance) != null) {
      throw RdsErrors.instanceExists();
    }
  }

  void remove(String id) {
    byId.remove(id);
  }

  boolean has(String id) {
    return byId.containsKey(id);
  }

  /**
   * The instance of that identifier, in any case.
   *
   * @throws io.pipelab.local.kernel.AwsError DBInstanceNotFound
   */
  Instance require(@Nullable String id) {
    String key = Identifiers.instance(id);
    Instance instance = byId.get(key);
    if (instance == null) {
      throw RdsErrors.instanceNotFound(key);
    }
    return instance;
  }

  List<Instance> all() {
    return List.copyOf(byId.values());
  }

  @Override
  public Optional<Database> instance(String identifier) {
    Instance found = byId.get(identifier.toLowerCase(Locale.ROOT));
    DBInstance view = found == null ? null : found.view();
    Endpoint endpoint = view == null ? null : view.endpoint();
    return view == null || endpoint == null
        ? Optional.empty()
        : Optional.of(
            new Database(
                view.dbInstanceIdentifier(),
                view.engine(),
                endpoint.address(),
                endpoint.port(),
                view.dbName()));
  }

  /** Whether an instance is placed by that subnet group. */
  boolean use(String subnetGroup) {
    return byId.values().stream()
        .map(each -> each.view().dbSubnetGroup())
        .anyMatch(group -> is(group, subnetGroup));
  }

  private static boolean is(@Nullable DBSubnetGroup group, String name) {
    return group != null && group.dbSubnetGroupName().equals(name);
  }
}
