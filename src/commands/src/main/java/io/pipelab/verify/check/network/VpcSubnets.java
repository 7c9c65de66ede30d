package io.pipelab.verify.check.network;

import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/**
 * A VPC has public subnets with a route to the internet and private ones without, each kind in two
 * zones at least, and resolves names, the private ones of endpoints too.
 *
 * @param publicSubnets the ids of those with a route to an internet gateway
 * @param privateSubnets the ids of those without
 */
public record VpcSubnets(
    String vpc, String cidr, List<String> publicSubnets, List<String> privateSubnets)
    implements Check {
  /** A database's subnet group asks for as many. */
  private static final int ZONES = 2;

  public static final CheckType TYPE =
      CheckType.named("vpc-subnets")
          .needs("vpc", "cidr", "public", "private")
          .madeBy(
              settings ->
                  new VpcSubnets(
                      settings.text("vpc"),
                      settings.text("cidr"),
                      ids(settings, "public"),
                      ids(settings, "private")));

  /** As an output gives them: with commas between. */
  private static List<String> ids(Settings settings, String name) {
    return List.of(settings.text(name).split(","));
  }

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(words());
    Ec2Client ec2 = scope.clients().ec2();
    List<String> wrong = new ArrayList<>();
    try {
      List<String> cidrs =
          ec2.describeVpcs(describe -> describe.vpcIds(vpc)).vpcs().stream()
              .map(found -> found.cidrBlock())
              .toList();
      if (!cidrs.equals(List.of(cidr))) {
        return claim.never("its range is " + String.join(", ", cidrs));
      }
      wrong.addAll(names(ec2));
      wrong.addAll(zones(ec2, "public", publicSubnets));
      wrong.addAll(zones(ec2, "private", privateSubnets));
      wrong.addAll(routes(ec2));
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().endsWith(".NotFound")) {
        return claim.lacks(e.awsErrorDetails().errorMessage());
      }
      throw e;
    }
    return claim.unless(wrong, "exactly that");
  }

  private String words() {
    return "%s with %d public and %d private subnets in %d zones, and with DNS"
        .formatted(cidr, publicSubnets.size(), privateSubnets.size(), ZONES);
  }

  private List<String> names(Ec2Client ec2) {
    List<String> wrong = new ArrayList<>();
    boolean support =
        ec2.describeVpcAttribute(
                describe -> describe.vpcId(vpc).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
            .enableDnsSupport()
            .value();
    boolean names =
        ec2.describeVpcAttribute(
                describe -> describe.vpcId(vpc).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
            .enableDnsHostnames()
            .value();
    if (!support) {
      wrong.add("EnableDnsSupport is off");
    }
    if (!names) {
      wrong.add("EnableDnsHostnames is off");
    }
    return wrong;
  }

  private List<String> zones(Ec2Client ec2, String kind, List<String> ids) {
    List<Subnet> subnets =
        ec2.describeSubnets(describe -> describe.subnetIds(ids)).subnets().stream()
            .filter(subnet -> subnet.vpcId().equals(vpc))
            .toList();
    List<String> wrong = new ArrayList<>();
    if (subnets.size() != ids.size()) {
      wrong.add(subnets.size() + " " + kind + " subnets are in it, not " + ids.size());
    }
    TreeSet<String> zones = new TreeSet<>();
    subnets.forEach(subnet -> zones.add(subnet.availabilityZone()));
    if (zones.size() < ZONES) {
      wrong.add("its " + kind + " subnets are in " + String.join(", ", zones) + " only");
    }
    return wrong;
  }

  private List<String> routes(Ec2Client ec2) {
    List<RouteTable> tables =
        ec2.describeRouteTables(
                describe -> describe.filters(Filter.builder().name("vpc-id").values(vpc).build()))
            .routeTables();
    List<String> wrong = new ArrayList<>();
    for (String subnet : publicSubnets) {
      if (!leadsOut(tables, subnet)) {
        wrong.add("the public subnet " + subnet + " has no route to the internet");
      }
    }
    for (String subnet : privateSubnets) {
      if (leadsOut(tables, subnet)) {
        wrong.add("the private subnet " + subnet + " has a route to the internet");
      }
    }
    return wrong;
  }

  /** By the table of the subnet, or else by the VPC's main one. */
  private static boolean leadsOut(List<RouteTable> tables, String subnet) {
    List<RouteTable> own =
        tables.stream()
            .filter(
                table ->
                    table.associations().stream()
                        .anyMatch(association -> subnet.equals(association.subnetId())))
            .toList();
    List<RouteTable> main =
        tables.stream()
            .filter(
                table ->
                    table.associations().stream()
                        .anyMatch(association -> Boolean.TRUE.equals(association.main())))
            .toList();
    return (own.isEmpty() ? main : own)
        .stream()
            .flatMap(table -> table.routes().stream())
            .anyMatch(route -> route.gatewayId() != null && route.gatewayId().startsWith("igw-"));
  }
}
