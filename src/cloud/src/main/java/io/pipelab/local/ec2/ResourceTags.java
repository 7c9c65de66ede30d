package io.pipelab.local.ec2;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.TagList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

/** EC2's tags, which belong to resources of every kind. */
final class ResourceTags {
  private final Network network;

  ResourceTags(Network network) {
    this.network = network;
  }

  void addTo(Actions actions) {
    actions.on(CreateTagsRequest.class, this::create).on(DeleteTagsRequest.class, this::delete);
  }

  private CreateTagsResponse create(CreateTagsRequest request) {
    request.resources().forEach(id -> retag(id, old -> Network.merged(old, request.tags())));
    return CreateTagsResponse.builder().build();
  }

  private DeleteTagsResponse delete(DeleteTagsRequest request) {
    List<String> keys = request.tags().stream().map(Tag::key).toList();
    UnaryOperator<List<Tag>> change =
        old ->
            keys.isEmpty()
                ? List.of()
                : old.stream().filter(tag -> !keys.contains(tag.key())).toList();
    request.resources().forEach(id -> retag(id, change));
    return DeleteTagsResponse.builder().build();
  }

  /** Gives a resource these tags alone. */
  void set(String id, Map<String, String> tags) {
    List<Tag> all =
        TagList.write(tags, (key, value) -> Tag.builder().key(key).value(value).build());
    retag(id, old -> all);
  }

  /** Changes a resource's tags; its id's prefix tells what it is. */
  private void retag(String id, UnaryOperator<List<Tag>> change) {
    synchronized (network) {
      Object changed =
          switch (id.substring(0, Math.max(0, id.indexOf('-')))) {
            case "vpc" ->
                network.vpcs.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "subnet" ->
                network.subnets.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "igw" ->
                network.internetGateways.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "rtb" ->
                network.routeTables.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "sg" ->
                network.securityGroups.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "vpce" ->
                network.endpoints.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "nat" ->
                network.natGateways.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "eipalloc" ->
                network.addresses.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tags(change.apply(v.tags())).build());
            case "eni" ->
                network.interfaces.computeIfPresent(
                    id, (k, v) -> v.toBuilder().tagSet(change.apply(v.tagSet())).build());
            case "sgr" -> throw AwsError.notImplemented("tags of security group rules");
            default -> null;
          };
      if (changed == null) {
        throw AwsError.badRequest("InvalidID", "The ID '" + id + "' is not valid");
      }
    }
  }
}
