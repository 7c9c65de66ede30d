package io.pipelab.local.rds;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.AvailabilityZone;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.DescribeDbEngineVersionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbEngineVersionsResponse;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOrderableDbInstanceOptionsResponse;
import software.amazon.awssdk.services.rds.model.OrderableDBInstanceOption;

/** What instances may be: engines, versions, classes. */
final class EngineActions {
  private final CloudIdentity identity;

  EngineActions(CloudIdentity identity) {
    this.identity = identity;
  }

  void addTo(Actions actions) {
    actions
        .on(DescribeDbEngineVersionsRequest.class, this::versions)
        .on(DescribeOrderableDbInstanceOptionsRequest.class, this::options);
  }

  private DescribeDbEngineVersionsResponse versions(DescribeDbEngineVersionsRequest request) {
    boolean only = Boolean.TRUE.equals(request.defaultOnly());
    List<DBEngineVersion> all =
        engines(request.engine()).stream()
            .flatMap(
                engine ->
                    engine.versions().stream()
                        .filter(version -> is(version, request.engineVersion()))
                        .filter(
                            version ->
                                !only || version.equals(engine.version(request.engineVersion())))
                        .filter(
                            version ->
                                request.dbParameterGroupFamily() == null
                                    || engine
                                        .family(version)
                                        .equals(request.dbParameterGroupFamily()))
                        .map(version -> version(engine, version)))
            .toList();
    Page<DBEngineVersion> page = Page.of(all, request.marker(), request.maxRecords(), 100);
    return DescribeDbEngineVersionsResponse.builder()
        .dbEngineVersions(page.items())
        .marker(page.next())
        .build();
  }

  private static DBEngineVersion version(Engine engine, String version) {
    return DBEngineVersion.builder()
        .engine(engine.name())
        .engineVersion(version)
        .majorEngineVersion(Engine.major(version))
        .dbParameterGroupFamily(engine.family(version))
        .dbEngineDescription(engine.description())
        .dbEngineVersionDescription(engine.name() + " " + version)
        .supportsReadReplica(false)
        .status("available")
        .build();
  }

  private DescribeOrderableDbInstanceOptionsResponse options(
      DescribeOrderableDbInstanceOptionsRequest request) {
    Engine engine = Engine.named(request.engine());
    List<OrderableDBInstanceOption> all =
        engine.newestFirst().stream()
            .filter(version -> is(version, request.engineVersion()))
            .flatMap(
                version ->
                    InstanceClass.burstable().stream()
                        .filter(
                            each ->
                                request.dbInstanceClass() == null
                                    || each.name().equals(request.dbInstanceClass()))
                        .flatMap(
                            each ->
                                List.of("gp2", "gp3").stream()
                                    .map(storage -> option(engine, version, each, storage))))
            .toList();
    Page<OrderableDBInstanceOption> page =
        Page.of(all, request.marker(), request.maxRecords(), 100);
    return DescribeOrderableDbInstanceOptionsResponse.builder()
        .orderableDBInstanceOptions(page.items())
        .marker(page.next())
        .build();
  }

  private OrderableDBInstanceOption option(
      Engine engine, String version, InstanceClass instanceClass, String storage) {
    return OrderableDBInstanceOption.builder()
        .engine(engine.name())
        .engineVersion(version)
        .dbInstanceClass(instanceClass.name())
        .licenseModel("general-public-license")
        .storageType(storage)
        .availabilityZones(
            List.of("a", "b", "c").stream()
                .map(zone -> AvailabilityZone.builder().name(identity.region() + zone).build())
                .toList())
        .vpc(true)
        .multiAZCapable(false)
        .readReplicaCapable(false)
        .supportsStorageEncryption(true)
        .supportsIops(false)
        .supportsIAMDatabaseAuthentication(false)
        .supportsPerformanceInsights(false)
        .supportsEnhancedMonitoring(false)
        .supportsStorageAutoscaling(true)
        .minStorageSize(20)
        .maxStorageSize(65536)
        .supportedNetworkTypes("IPV4")
        .build();
  }

  private static boolean is(String version, @Nullable String asked) {
    return asked == null || version.equals(asked) || version.startsWith(asked + ".");
  }

  private static List<Engine> engines(@Nullable String name) {
    return name == null
        ? Engine.all()
        : Engine.all().stream().filter(each -> each.name().equals(name)).toList();
  }
}
