package io.pipelab.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import java.util.ArrayList;
import java.util.List;

/** AWS::SNS::TopicPolicy. */
final class TopicPolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SNS::TopicPolicy")
          .properties("PolicyDocument", "Topics")
          .required("PolicyDocument", "Topics")
          .attributes("Id");

  private final Topics topics;

  TopicPolicyResource(Topics topics) {
    this.topics = topics;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    put(request);
    String id = request.generatedName(128);
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    put(after);
    List<String> kept = arns(after);
    arns(before).stream().filter(arn -> !kept.contains(arn)).forEach(this::reset);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    arns(last).forEach(this::reset);
  }

  private void put(ResourceRequest request) {
    JsonNode document = request.properties().path("PolicyDocument");
    String text = document.isTextual() ? document.asText() : document.toString();
    arns(request).forEach(arn -> TopicActions.set(topics.get(arn), "Policy", text));
  }

  private void reset(String arn) {
    topics.find(arn).ifPresent(topic -> TopicActions.set(topic, "Policy", ""));
  }

  private static List<String> arns(ResourceRequest request) {
    List<String> arns = new ArrayList<>();
    request.properties().path("Topics").forEach(arn -> arns.add(arn.asText()));
    return arns;
  }
}
