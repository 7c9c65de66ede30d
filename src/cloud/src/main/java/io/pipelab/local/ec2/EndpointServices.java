package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesResponse;
import software.amazon.awssdk.services.ec2.model.PrefixList;
import software.amazon.awssdk.services.ec2.model.PrivateDnsDetails;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.ServiceTypeDetail;

/** The services of this cloud to which VPC endpoints lead, with AWS's names of them. */
final class EndpointServices {
  static final String GATEWAY = "Gateway";
  static final String INTERFACE = "Interface";

  /** Hosts before {@code .REGION.amazonaws.com}, by the end of the service's name. */
  private static final Map<String, String> HOSTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cloudformation", "cloudformation"),
              Map.entry("dynamodb", "dynamodb"),
              Map.entry("ec2", "ec2"),
              Map.entry("ecr.api", "api.ecr"),
              Map.entry("ecr.dkr", "*.dkr.ecr"),
              Map.entry("ecs", "ecs"),
              Map.entry("execute-api", "*.execute-api"),
              Map.entry("lambda", "lambda"),
              Map.entry("logs", "logs"),
              Map.entry("monitoring", "monitoring"),
              Map.entry("rds", "rds"),
              Map.entry("s3", "s3"),
              Map.entry("secretsmanager", "secretsmanager"),
              Map.entry("sns", "sns"),
              Map.entry("sqs", "sqs"),
              Map.entry("ssm", "ssm"),
              Map.entry("sts", "sts")));

  /** Those that have gateways, and the lists of their addresses. */
  private static final Map<String, String> PREFIX_LISTS =
      Map.of("s3", "pl-63a5400a", "dynamodb", "pl-02cd2c6b");

  private static final Filters<ServiceDetail> FILTERS =
      new Filters<>(
          Map.of(
              "owner", service -> List.of(service.owner()),
              "service-name", service -> List.of(service.serviceName()),
              "service-type",
                  service ->
                      service.serviceType().stream()
                          .map(ServiceTypeDetail::serviceTypeAsString)
                          .toList()),
          ServiceDetail::tags);

  private final Network network;

  EndpointServices(Network network) {
    this.network = network;
  }

  void addTo(Actions actions) {
    actions
        .on(DescribeVpcEndpointServicesRequest.class, this::describe)
        .on(DescribePrefixListsRequest.class, this::describePrefixLists);
  }

  /**
   * The end of a service's name, {@code sns} of {@code com.amazonaws.us-east-1.sns}.
   *
   * @throws AwsError InvalidServiceName when there is no such service
   */
  String require(@Nullable String name) {
    String end = name != null && name.startsWith(prefix()) ? name.substring(prefix().length()) : "";
    if (!HOSTS.containsKey(end)) {
      throw AwsError.badRequest(
          "InvalidServiceName", "The Vpc Endpoint Service '" + name + "' does not exist");
    }
    return end;
  }

  private String prefix() {
    return "com.amazonaws." + network.identity.region() + ".";
  }

  /** What kinds of endpoints a service has. */
  static List<String> types(String service) {
    return PREFIX_LISTS.containsKey(service) ? List.of(GATEWAY, INTERFACE) : List.of(INTERFACE);
  }

  /** The list of a gateway service's addresses; null of any other. */
  static @Nullable String prefixList(String service) {
    return PREFIX_LISTS.get(service);
  }

  /** The service's name in DNS, {@code sns.us-east-1.amazonaws.com}. */
  String host(String service) {
    return HOSTS.get(service) + "." + network.identity.region() + ".amazonaws.com";
  }

  private DescribeVpcEndpointServicesResponse describe(DescribeVpcEndpointServicesRequest request) {
    request.serviceNames().forEach(this::require);
    Listing<ServiceDetail> page =
        Listing.of(
            FILTERS
                .select(HOSTS.keySet().stream().map(this::detail).toList(), request.filters())
                .stream()
                .filter(
                    each ->
                        request.serviceNames().isEmpty()
                            || request.serviceNames().contains(each.serviceName()))
                .toList(),
            ServiceDetail::serviceName,
            request.maxResults(),
            request.nextToken());
    return DescribeVpcEndpointServicesResponse.builder()
        .serviceNames(page.items().stream().map(ServiceDetail::serviceName).distinct().toList())
        .serviceDetails(page.items())
        .nextToken(page.next())
        .build();
  }

  private ServiceDetail detail(String service) {
    return ServiceDetail.builder()
        .serviceName(prefix() + service)
        .serviceId("vpce-svc-" + String.format("%017x", service.hashCode() & 0xFFFFFFFFL))
        .serviceType(
            types(service).stream()
                .map(type -> ServiceTypeDetail.builder().serviceType(type).build())
                .toList())
        .serviceRegion(network.identity.region())
        .availabilityZones(network.zones())
        .owner("amazon")
        .baseEndpointDnsNames(service + "." + network.identity.region() + ".vpce.amazonaws.com")
        .privateDnsName(host(service))
        .privateDnsNames(PrivateDnsDetails.builder().privateDnsName(host(service)).build())
        .vpcEndpointPolicySupported(true)
        .acceptanceRequired(false)
        .managesVpcEndpoints(false)
        .build();
  }

  private DescribePrefixListsResponse describePrefixLists(DescribePrefixListsRequest request) {
    Filters<PrefixList> filters =
        new Filters<>(
            Map.of(
                "prefix-list-id", list -> List.of(list.prefixListId()),
                "prefix-list-name", list -> List.of(list.prefixListName())),
            list -> List.of());
    List<PrefixList> all =
        new TreeMap<>(PREFIX_LISTS)
            .entrySet().stream()
                .map(
                    each ->
                        PrefixList.builder()
                            .prefixListId(each.getValue())
                            .prefixListName(prefix() + each.getKey())
                            .cidrs(List.of())
                            .build())
                .toList();
    for (String id : request.prefixListIds()) {
      if (!PREFIX_LISTS.containsValue(id)) {
        throw AwsError.badRequest(
            "InvalidPrefixListId.NotFound", "The prefix list ID '" + id + "' does not exist");
      }
    }
    Listing<PrefixList> page =
        Listing.of(
            filters.select(all, request.filters()).stream()
                .filter(
                    each ->
                        request.prefixListIds().isEmpty()
                            || request.prefixListIds().contains(each.prefixListId()))
                .toList(),
            PrefixList::prefixListId,
            request.maxResults(),
            request.nextToken());
    return DescribePrefixListsResponse.builder()
        .prefixLists(page.items())
        .nextToken(page.next())
        .build();
  }
}
