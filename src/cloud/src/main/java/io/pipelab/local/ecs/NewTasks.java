package io.pipelab.local.ecs;

import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.VpcNetwork;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** Tasks as they are before anything of them runs: PROVISIONING, with a network interface. */
final class NewTasks {
  private final CloudIdentity identity;
  private final CloudClock clock;
  private final SecureRandom random = new SecureRandom();

  NewTasks(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /** A task's id: 32 hexadecimal digits. */
  String id() {
    return hex(16);
  }

  /** The host name that a task with this address has: {@code ip-10-0-0-4.ec2.internal}. */
  String hostName(String address) {
    String domain =
        identity.region().equals("us-east-1")
            ? "ec2.internal"
            : identity.region() + ".compute.internal";
    return "ip-" + address.replace('.', '-') + "." + domain;
  }

  Task task(
      String id,
      Cluster cluster,
      TaskDefinition definition,
      FargateSize size,
      VpcNetwork.Placement subnet,
      NetworkInterfaces.Made made,
      String attachmentId,
      RunTaskRequest request) {
    String arn = identity.arn("ecs", "task/" + cluster.clusterName() + "/" + id);
    String address = made.address();
    Attachment network = network(made, attachmentId, subnet);
    return Task.builder()
        .taskArn(arn)
        .clusterArn(cluster.clusterArn())
        .taskDefinitionArn(definition.taskDefinitionArn())
        .containers(
            definition.containerDefinitions().stream()
                .map(it -> container(id, arn, cluster, it, network, address))
                .toList())
        .attachments(network)
        .attributes(Attribute.builder().name("ecs.cpu-architecture").value("x86_64").build())
        .availabilityZone(subnet.availabilityZone())
        .cpu(Integer.toString(size.cpu()))
        .memory(Integer.toString(size.memory()))
        .createdAt(clock.now())
        .desiredStatus("RUNNING")
        .lastStatus("PROVISIONING")
        .enableExecuteCommand(false)
        .group(Objects.requireNonNullElse(request.group(), "family:" + definition.family()))
        .healthStatus(HealthStatus.UNKNOWN)
        .launchType(LaunchType.FARGATE)
        .overrides(Objects.requireNonNullElse(request.overrides(), TaskOverride.builder().build()))
        .platformVersion("1.4.0")
        .platformFamily("Linux")
        .startedBy(request.startedBy())
        .ephemeralStorage(storage -> storage.sizeInGiB(20))
        .version(1L)
        .build();
  }

  private Container container(
      String taskId,
      String taskArn,
      Cluster cluster,
      ContainerDefinition definition,
      Attachment network,
      String address) {
    String path = cluster.clusterName() + "/" + taskId + "/" + UUID.randomUUID();
    return Container.builder()
        .containerArn(identity.arn("ecs", "container/" + path))
        .taskArn(taskArn)
        .name(definition.name())
        .image(definition.image())
        .runtimeId(taskId + "-" + (1_000_000_000 + random.nextInt(1_000_000_000)))
        .lastStatus("PENDING")
        .networkBindings(List.of())
        .networkInterfaces(
            NetworkInterface.builder()
                .attachmentId(network.id())
                .privateIpv4Address(address)
                .build())
        .healthStatus(HealthStatus.UNKNOWN)
        .cpu(Objects.toString(definition.cpu(), "0"))
        .memory(Objects.toString(definition.memory(), null))
        .memoryReservation(Objects.toString(definition.memoryReservation(), null))
        .build();
  }

  private Attachment network(
      NetworkInterfaces.Made made, String attachmentId, VpcNetwork.Placement subnet) {
    return Attachment.builder()
        .id(attachmentId)
        .type("ElasticNetworkInterface")
        .status("PRECREATED")
        .details(
            detail("subnetId", subnet.subnetId()),
            detail("networkInterfaceId", made.id()),
            detail("macAddress", made.macAddress()),
            detail("privateDnsName", hostName(made.address())),
            detail("privateIPv4Address", made.address()))
        .build();
  }

  private static KeyValuePair detail(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  private String hex(int bytes) {
    byte[] some = new byte[bytes];
    random.nextBytes(some);
    return HexFormat.of().formatHex(some);
  }
}
