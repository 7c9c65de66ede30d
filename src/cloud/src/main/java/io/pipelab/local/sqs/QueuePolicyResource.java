package io.pipelab.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.kernel.AwsError;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** {@code AWS::SQS::QueuePolicy}: one policy document on one or more queues. */
final class QueuePolicyResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::SQS::QueuePolicy")
          .properties("PolicyDocument", "Queues")
          .required("PolicyDocument", "Queues")
          .attributes("Id");

  private final Queues queues;

  QueuePolicyResource(Queues queues) {
    this.queues = queues;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    apply(request);
    String id = request.generatedName(128);
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    Set<String> dropped = urls(before);
    dropped.removeAll(urls(after));
    dropped.forEach(this::clear);
    apply(after);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    urls(last).forEach(this::clear);
  }

  private void apply(ResourceRequest request) {
    JsonNode document = request.properties().path("PolicyDocument");
    String policy = document.isTextual() ? document.textValue() : document.toString();
    for (String url : urls(request)) {
      queues.change(queues.byUrl(url), Map.of("Policy", policy));
    }
  }

  private void clear(String url) {
    try {
      queues.change(queues.byUrl(url), Map.of("Policy", ""));
    } catch (AwsError error) {
      // A queue that went first took its policy with it.
      if (!error.code().equals("QueueDoesNotExist")) {
        throw error;
      }
    }
  }

  private static Set<String> urls(ResourceRequest request) {
    Set<String> urls = new LinkedHashSet<>();
    request.properties().path("Queues").forEach(url -> urls.add(url.asText()));
    return urls;
  }
}
