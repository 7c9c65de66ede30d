package io.pipelab.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A type that puts one policy document on several resources of its service, and takes it off again:
 * AWS::SQS::QueuePolicy, AWS::SNS::TopicPolicy.
 */
public abstract class AttachedPolicy implements ResourceType {
  private final String targets;

  /**
   * A type.
   *
   * @param targets the property that lists the resources
   */
  protected AttachedPolicy(String targets) {
    this.targets = targets;
  }

  /** The schema of such a type. */
  protected static TypeSchema schema(String typeName, String targets) {
    return TypeSchema.of(typeName)
        .properties("PolicyDocument", targets)
        .required("PolicyDocument", targets)
        .attributes("Id");
  }

  /** Puts a document on a resource. */
  protected abstract void put(String target, String document);

  /** Takes the document off a resource, if that is still there. */
  protected abstract void remove(String target);

  @Override
  public PhysicalResource create(ResourceRequest request) {
    apply(request);
    String id = request.generatedName(128);
    return PhysicalResource.of(id).with("Id", id);
  }

  @Override
  public PhysicalResource update(
      PhysicalResource current, ResourceRequest before, ResourceRequest after) {
    apply(after);
    Set<String> dropped = targets(before);
    dropped.removeAll(targets(after));
    dropped.forEach(this::remove);
    return current;
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    targets(last).forEach(this::remove);
  }

  private void apply(ResourceRequest request) {
    String document = document(request);
    targets(request).forEach(target -> put(target, document));
  }

  /** The policy document, which may be written as an object or as JSON text. */
  public static String document(ResourceRequest request) {
    JsonNode document = request.properties().path("PolicyDocument");
    return document.isTextual() ? document.asText() : document.toString();
  }

  private Set<String> targets(ResourceRequest request) {
    Set<String> listed = new LinkedHashSet<>();
    request.properties().path(targets).forEach(each -> listed.add(each.asText()));
    return listed;
  }
}
