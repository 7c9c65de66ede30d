package io.pipelab.local.sns;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.kernel.TopicPublisher;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SNS of the embedded cloud: topics with function, queue and email subscriptions. */
public final class Sns implements AwsService {
  private final Topics topics;
  private final Deliveries deliveries;
  private final Publisher publisher;
  private final SubscriptionActions subscriptions;

  /**
   * A region without topics.
   *
   * @param mails the folder that mails are kept in
   */
  public Sns(
      CloudIdentity identity, CloudClock clock, Metrics metrics, MessageQueues queues, Path mails) {
    this(identity, clock, InstantSource.system(), metrics, queues, mails);
  }

  /** With the time by which FIFO topics know what was published before. */
  Sns(
      CloudIdentity identity,
      CloudClock clock,
      InstantSource time,
      Metrics metrics,
      MessageQueues queues,
      Path mails) {
    TopicMetrics topicMetrics = new TopicMetrics(metrics);
    Outbox outbox = new Outbox(mails);
    this.topics = new Topics(identity, time);
    this.deliveries =
        new Deliveries(new Envelopes(identity.endpoint()), queues, outbox, topicMetrics);
    this.publisher = new Publisher(identity, clock, topics, deliveries, topicMetrics);
    this.subscriptions = new SubscriptionActions(identity, topics, outbox);
  }

  /** Gives function subscriptions their target; Lambda needs SNS, too, so it comes later. */
  public void connect(FunctionInvoker functions) {
    deliveries.connect(functions);
  }

  @Override
  public String signingName() {
    return "sns";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    new TopicActions(topics).addTo(actions);
    subscriptions.addTo(actions);
    new PublishActions(publisher).addTo(actions);
    return actions;
  }

  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    return topics.find(arn).map(Topic::policy).orElse(null);
  }

  /** The port for alarms, buckets and rules. */
  public TopicPublisher publisher() {
    return publisher;
  }

  /** AWS::SNS types. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new TopicResource(topics, subscriptions),
        new SubscriptionResource(topics, subscriptions),
        new TopicPolicyResource(topics));
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
