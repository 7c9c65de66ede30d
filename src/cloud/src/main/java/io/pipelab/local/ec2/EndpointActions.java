package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The actions of VPC endpoints. */
final class EndpointActions {
  private static final Filters<VpcEndpoint> FILTERS =
      new Filters<>(
          Map.of(
              "service-name", endpoint -> List.of(endpoint.serviceName()),
              "vpc-id", endpoint -> List.of(endpoint.vpcId()),
              "vpc-endpoint-id", endpoint -> List.of(endpoint.vpcEndpointId()),
              "vpc-endpoint-state", endpoint -> List.of(endpoint.stateAsString()),
              "vpc-endpoint-type", endpoint -> List.of(endpoint.vpcEndpointTypeAsString())),
          VpcEndpoint::tags);

  private final Network network;
  private final Endpoints endpoints;

  EndpointActions(Network network, Endpoints endpoints) {
    this.network = network;
    this.endpoints = endpoints;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateVpcEndpointRequest.class, this::create)
        .on(DescribeVpcEndpointsRequest.class, this::describe)
        .on(ModifyVpcEndpointRequest.class, this::modify)
        .on(DeleteVpcEndpointsRequest.class, this::delete);
  }

  /** An interface is pending in this answer, and available by the time that anyone asks again. */
  private CreateVpcEndpointResponse create(CreateVpcEndpointRequest request) {
    VpcEndpoint made = endpoints.create(request);
    boolean gateway = EndpointServices.GATEWAY.equals(made.vpcEndpointTypeAsString());
    return CreateVpcEndpointResponse.builder()
        .vpcEndpoint(gateway ? made : made.toBuilder().state("pending").build())
        .clientToken(request.clientToken())
        .build();
  }

  private DescribeVpcEndpointsResponse describe(DescribeVpcEndpointsRequest request) {
    List<String> ids = request.vpcEndpointIds();
    ids.forEach(endpoints::require);
    Listing<VpcEndpoint> page =
        Listing.of(
            FILTERS.select(network.endpoints.values(), request.filters()).stream()
                .filter(each -> ids.isEmpty() || ids.contains(each.vpcEndpointId()))
                .toList(),
            VpcEndpoint::vpcEndpointId,
            request.maxResults(),
            request.nextToken());
    return DescribeVpcEndpointsResponse.builder()
        .vpcEndpoints(page.items())
        .nextToken(page.next())
        .build();
  }

  private ModifyVpcEndpointResponse modify(ModifyVpcEndpointRequest request) {
    endpoints.modify(request);
    return ModifyVpcEndpointResponse.builder().returnValue(true).build();
  }

  /** What cannot be deleted is listed, and the rest is gone. */
  private DeleteVpcEndpointsResponse delete(DeleteVpcEndpointsRequest request) {
    List<UnsuccessfulItem> failed = new ArrayList<>();
    for (String id : request.vpcEndpointIds()) {
      try {
        endpoints.delete(id);
      } catch (AwsError e) {
        failed.add(
            UnsuccessfulItem.builder()
                .resourceId(id)
                .error(error -> error.code(e.code()).message(e.getMessage()))
                .build());
      }
    }
    return DeleteVpcEndpointsResponse.builder().unsuccessful(failed).build();
  }
}
