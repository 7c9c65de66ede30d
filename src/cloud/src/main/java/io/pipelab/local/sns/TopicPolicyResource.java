package io.pipelab.local.sns;

import io.pipelab.local.cloudformation.resource.AttachedPolicy;
import io.pipelab.local.cloudformation.resource.TypeSchema;

/** {@code AWS::SNS::TopicPolicy}. */
final class TopicPolicyResource extends AttachedPolicy {
  private static final TypeSchema SCHEMA = schema("AWS::SNS::TopicPolicy", "Topics");

  private final Topics topics;

  TopicPolicyResource(Topics topics) {
    super("Topics");
    this.topics = topics;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  protected void put(String arn, String document) {
    TopicAttributes.set(topics.get(arn), "Policy", document);
  }

  /** Back to the policy that a new topic has. */
  @Override
  protected void remove(String arn) {
    topics.find(arn).ifPresent(topic -> TopicAttributes.set(topic, "Policy", ""));
  }
}
