package io.pipelab.verify.check.database;

import io.pipelab.lab.Settings;
import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * A database instance of RDS is available, of this engine and size, in these subnets behind this
 * security group, and has no address in the internet.
 *
 * @param version how the engine's version begins
 * @param gigabytes its storage
 * @param database the name of the database in it
 */
public record DatabaseInstance(
    String instance,
    String engine,
    String version,
    String instanceClass,
    long gigabytes,
    String database,
    String user,
    String group,
    List<String> subnets)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("database-instance")
          .needs("instance", "engine", "version", "class", "gigabytes", "database", "user")
          .needs("group", "subnets")
          // One that was just stopped or started takes some minutes.
          .within(Duration.ofMinutes(10))
          .madeBy(DatabaseInstance::of);

  private static DatabaseInstance of(Settings settings) {
    return new DatabaseInstance(
        settings.text("instance"),
        settings.text("engine"),
        settings.text("version"),
        settings.text("class"),
        settings.number("gigabytes"),
        settings.text("database"),
        settings.text("user"),
        settings.text("group"),
        List.of(settings.text("subnets").split(",")));
  }

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(
            "%s %s on %s with %d GB, not public, for user %s"
                .formatted(engine, version, instanceClass, gigabytes, user));
    DBInstance found;
    try {
      found =
          scope
              .clients()
              .rds()
              .describeDBInstances(describe -> describe.dbInstanceIdentifier(instance))
              .dbInstances()
              .get(0);
    } catch (DbInstanceNotFoundException e) {
      return claim.lacks("there is no database instance " + instance);
    }
    List<String> wrong = differences(found);
    if (!wrong.isEmpty()) {
      return claim.never(String.join("; ", wrong)).fixedBy(fix());
    }
    String actual = "%s %s, %s".formatted(engine, found.engineVersion(), found.dbInstanceStatus());
    return switch (found.dbInstanceStatus()) {
      case "available" -> claim.holds(actual);
      case "stopped" ->
          claim
              .lacks(actual)
              .fixedBy("aws", "rds", "start-db-instance", "--db-instance-identifier", instance);
      case "failed" -> claim.never(actual + ": " + why(found));
      default -> claim.notYet(actual);
    };
  }

  private static String why(DBInstance found) {
    return found.statusInfos().isEmpty()
        ? "it does not say why"
        : String.valueOf(found.statusInfos().get(0).message());
  }

  private List<String> differences(DBInstance found) {
    List<String> wrong = new ArrayList<>();
    differ(wrong, "engine", found.engine(), engine);
    if (!String.valueOf(found.engineVersion()).startsWith(version)) {
      wrong.add("version is " + found.engineVersion() + ", not " + version);
    }
    differ(wrong, "class", found.dbInstanceClass(), instanceClass);
    differ(wrong, "storage", found.allocatedStorage() + " GB", gigabytes + " GB");
    differ(wrong, "database", found.dbName(), database);
    differ(wrong, "user", found.masterUsername(), user);
    if (Boolean.TRUE.equals(found.publiclyAccessible())) {
      wrong.add("it has an address in the internet");
    }
    List<String> groups =
        found.vpcSecurityGroups().stream()
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .toList();
    differ(wrong, "security group", String.join(", ", groups), group);
    List<String> in =
        found.dbSubnetGroup() == null
            ? List.of()
            : found.dbSubnetGroup().subnets().stream()
                .map(subnet -> subnet.subnetIdentifier())
                .sorted()
                .toList();
    if (!in.equals(subnets.stream().sorted().toList())) {
      wrong.add("its subnets are " + String.join(", ", in));
    }
    return wrong;
  }

  private static void differ(List<String> wrong, String what, String has, String wanted) {
    if (!wanted.equals(has)) {
      wrong.add(what + " is " + has + ", not " + wanted);
    }
  }

  /** What can be changed in place; an engine, a user or a database's name cannot. */
  private ShellCommand fix() {
    List<String> call = new ArrayList<>(List.of("aws", "rds", "modify-db-instance"));
    call.addAll(List.of("--db-instance-identifier", instance));
    call.addAll(List.of("--vpc-security-group-ids", group, "--no-publicly-accessible"));
    call.addAll(List.of("--db-instance-class", instanceClass, "--apply-immediately"));
    return new ShellCommand(List.of(call));
  }
}
