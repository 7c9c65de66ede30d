package io.pipelab.local.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteSubscriptionFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutSubscriptionFilterRequest;

/** {@code AWS::Logs::SubscriptionFilter} to a function. */
final class SubscriptionFilterResource implements ResourceType {
  private static final int MAX_NAME = 512;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Logs::SubscriptionFilter")
          .createOnly("FilterName", "LogGroupName")
          .properties("DestinationArn", "FilterPattern", "RoleArn", "Distribution")
          .required("DestinationArn", "FilterPattern", "LogGroupName");

  private final SubscriptionActions filters;

  SubscriptionFilterResource(SubscriptionActions filters) {
    this.filters = filters;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    return put(request.nameOr("FilterName", MAX_NAME), request);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    return put(current.physicalId(), after);
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    Absent.isFine(
        () ->
            filters.deleteSubscriptionFilter(
                DeleteSubscriptionFilterRequest.builder()
                    .logGroupName(last.text("LogGroupName"))
                    .filterName(current.physicalId())
                    .build()));
  }

  private PhysicalResource put(String name, ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.put("FilterName", name);
    PutSubscriptionFilterRequest filter =
        Pojos.bind(properties, PutSubscriptionFilterRequest.builder());
    filters.putSubscriptionFilter(filter);
    return PhysicalResource.of(name);
  }
}
