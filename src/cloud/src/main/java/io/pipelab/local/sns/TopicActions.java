package io.pipelab.local.sns;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import io.pipelab.local.policy.PolicyEdits;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sns.model.AddPermissionRequest;
import software.amazon.awssdk.services.sns.model.AddPermissionResponse;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.RemovePermissionRequest;
import software.amazon.awssdk.services.sns.model.RemovePermissionResponse;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TagResourceRequest;
import software.amazon.awssdk.services.sns.model.TagResourceResponse;
import software.amazon.awssdk.services.sns.model.UntagResourceRequest;
import software.amazon.awssdk.services.sns.model.UntagResourceResponse;

/** Topics: their life, attributes, permissions and tags. */
final class TopicActions {
  private final Topics topics;

  TopicActions(Topics topics) {
    this.topics = topics;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateTopicRequest.class, this::createTopic)
        .on(DeleteTopicRequest.class, this::deleteTopic)
        .on(ListTopicsRequest.class, this::listTopics)
        .on(GetTopicAttributesRequest.class, this::getTopicAttributes)
        .on(SetTopicAttributesRequest.class, this::setTopicAttributes)
        .on(AddPermissionRequest.class, this::addPermission)
        .on(RemovePermissionRequest.class, this::removePermission)
        .on(TagResourceRequest.class, this::tagResource)
        .on(UntagResourceRequest.class, this::untagResource)
        .on(ListTagsForResourceRequest.class, this::listTagsForResource);
  }

  private CreateTopicResponse createTopic(CreateTopicRequest request) {
    if (request.name() == null) {
      throw invalid("Topic Name");
    }
    Map<String, String> attributes = new TreeMap<>(request.attributes());
    boolean fifo = Boolean.parseBoolean(attributes.remove("FifoTopic"));
    attributes.forEach((name, value) -> TopicAttributes.check(name, value, fifo));
    Map<String, String> tags = tags(request.tags());
    topics.named(request.name()).ifPresent(topic -> requireSame(topic, attributes, tags));
    Topic topic = topics.create(request.name(), fifo);
    attributes.forEach((name, value) -> TopicAttributes.set(topic, name, value));
    topic.tags.putAll(tags);
    return CreateTopicResponse.builder().topicArn(topic.arn).build();
  }

  /** CreateTopic once more finds the topic, but does not change it. */
  private static void requireSame(
      Topic topic, Map<String, String> attributes, Map<String, String> tags) {
    if (!topic.attributes.entrySet().containsAll(attributes.entrySet())) {
      throw invalid("Attributes Reason: Topic already exists with different attributes");
    }
    if (!topic.tags.entrySet().containsAll(tags.entrySet())) {
      throw invalid("Tags Reason: Topic already exists with different tags");
    }
  }

  private DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
    Topics.requireArn("TopicArn", request.topicArn());
    topics.delete(request.topicArn());
    return DeleteTopicResponse.builder().build();
  }

  private ListTopicsResponse listTopics(ListTopicsRequest request) {
    Page<Topic> page = Page.of(topics.list(), request.nextToken());
    return ListTopicsResponse.builder()
        .topics(
            page.items().stream()
                .map(
                    topic ->
                        software.amazon.awssdk.services.sns.model.Topic.builder()
                            .topicArn(topic.arn)
                            .build())
                .toList())
        .nextToken(page.next())
        .build();
  }

  private GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
    Topic topic = topics.get(request.topicArn());
    Map<String, String> attributes = new TreeMap<>(topic.attributes);
    long pending = topic.subscriptions.values().stream().filter(Subscription::pending).count();
    attributes.put("TopicArn", topic.arn);
    attributes.put("SubscriptionsPending", String.valueOf(pending));
    attributes.put("SubscriptionsConfirmed", String.valueOf(topic.subscriptions.size() - pending));
    attributes.put("SubscriptionsDeleted", "0");
    attributes.put(
        "EffectiveDeliveryPolicy",
        TopicAttributes.effectiveDelivery(attributes.get("DeliveryPolicy")));
    return GetTopicAttributesResponse.builder().attributes(attributes).build();
  }

  private SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesRequest request) {
    Topic topic = topics.get(request.topicArn());
    TopicAttributes.set(topic, request.attributeName(), request.attributeValue());
    return SetTopicAttributesResponse.builder().build();
  }

  private AddPermissionResponse addPermission(AddPermissionRequest request) {
    Topic topic = topics.get(request.topicArn());
    if (PolicyEdits.has(topic.policy(), request.label())) {
      throw invalid("Statement already exists");
    }
    topic.attributes.compute(
        "Policy",
        (key, policy) ->
            PolicyEdits.allow(
                policy,
                "__default_policy_ID",
                request.label(),
                request.awsAccountIds(),
                request.actionNames().stream().map(action -> "SNS:" + action).toList(),
                topic.arn));
    return AddPermissionResponse.builder().build();
  }

  private RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    Topic topic = topics.get(request.topicArn());
    if (!PolicyEdits.has(topic.policy(), request.label())) {
      throw AwsError.notFound("NotFound", "Statement does not exist");
    }
    String rest = PolicyEdits.without(topic.policy(), request.label());
    topic.attributes.put(
        "Policy", rest == null ? "{\"Version\":\"2008-10-17\",\"Statement\":[]}" : rest);
    return RemovePermissionResponse.builder().build();
  }

  private TagResourceResponse tagResource(TagResourceRequest request) {
    Topic topic = tagged(request.resourceArn());
    topic.tags.putAll(tags(request.tags()));
    return TagResourceResponse.builder().build();
  }

  private UntagResourceResponse untagResource(UntagResourceRequest request) {
    tagged(request.resourceArn()).tags.keySet().removeAll(request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(
            TagList.write(
                tagged(request.resourceArn()).tags,
                (key, value) -> Tag.builder().key(key).value(value).build()))
        .build();
  }

  private static Map<String, String> tags(List<Tag> tags) {
    if (tags.stream().map(Tag::key).distinct().count() < tags.size()) {
      throw invalid("Duplicated keys are not allowed.");
    }
    return TagList.read(tags, Tag::key, Tag::value, "ValidationError");
  }

  private Topic tagged(String arn) {
    return topics
        .find(arn)
        .orElseThrow(() -> AwsError.notFound("ResourceNotFound", "Resource does not exist"));
  }

  private static AwsError invalid(String what) {
    return AwsError.badRequest("InvalidParameter", "Invalid parameter: " + what);
  }
}
