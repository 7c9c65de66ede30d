package io.pipelab.local.kernel;

/** Port to EC2: by which way a child's calls reach the endpoint of an AWS service, if by any. */
@FunctionalInterface
public interface ServiceRoutes {
  /** A way to a service. */
  sealed interface Way {
    /** By the internet, with or without a NAT gateway. */
    record Open() implements Way {}

    /** There is none: packets are lost, and a caller hears nothing until it gives up. */
    record Blocked() implements Way {}

    /**
     * By a VPC endpoint, which may refuse what it lets through otherwise.
     *
     * @param endpointId what {@code aws:SourceVpce} is
     * @param vpcId what {@code aws:SourceVpc} is
     * @param address the caller's, which {@code aws:VpcSourceIp} is
     * @param policy the endpoint's policy, a JSON document: it has to allow a call too
     */
    record ThroughEndpoint(String endpointId, String vpcId, String address, String policy)
        implements Way {}
  }

  /**
   * The way as it is now.
   *
   * @param service as the names of VPC endpoints end, {@code sns} or {@code ecr.api}
   */
  Way way(NetworkTenants.Site from, String service);
}
