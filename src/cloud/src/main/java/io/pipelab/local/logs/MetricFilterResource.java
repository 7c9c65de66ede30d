package io.pipelab.local.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterRequest;

/** {@code AWS::Logs::MetricFilter}. */
final class MetricFilterResource implements ResourceType {
  private static final int MAX_NAME = 512;

  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Logs::MetricFilter")
          .createOnly("FilterName", "LogGroupName")
          .properties("FilterPattern", "MetricTransformations")
          .required("FilterPattern", "LogGroupName", "MetricTransformations");

  private final MetricFilterActions filters;

  MetricFilterResource(MetricFilterActions filters) {
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
            filters.deleteMetricFilter(
                DeleteMetricFilterRequest.builder()
                    .logGroupName(last.text("LogGroupName"))
                    .filterName(current.physicalId())
                    .build()));
  }

  private PhysicalResource put(String name, ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.put("FilterName", name);
    for (JsonNode transformation : properties.path("MetricTransformations")) {
      dimensions((ObjectNode) transformation);
    }
    PutMetricFilterRequest filter = Pojos.bind(properties, PutMetricFilterRequest.builder());
    filters.putMetricFilter(filter);
    return PhysicalResource.of(name);
  }

  /** CloudFormation lists keys and values where the API has a map. */
  private static void dimensions(ObjectNode transformation) {
    JsonNode list = transformation.remove("Dimensions");
    if (list != null) {
      ObjectNode map = transformation.putObject("Dimensions");
      list.forEach(each -> map.put(each.path("Key").asText(), each.path("Value").asText()));
    }
  }
}
