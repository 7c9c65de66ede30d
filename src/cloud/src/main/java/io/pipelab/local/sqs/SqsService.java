package io.pipelab.local.sqs;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.MetricSource;
import io.pipelab.local.kernel.Metrics;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amazon SQS. Its timing is real time, whatever the cloud's clock does. */
public final class SqsService implements AwsService, MetricSource {
  private final TimerThreads timers = new TimerThreads();
  private final Queues queues;
  private final QueueMetrics metrics;
  private final QueuePort port;
  private final Actions actions = new Actions();

  public SqsService(CloudIdentity identity, Metrics metrics) {
    this(identity, metrics, InstantSource.system());
  }

  SqsService(CloudIdentity identity, Metrics metrics, InstantSource wall) {
    this.queues = new Queues(identity, timers, wall);
    this.metrics = new QueueMetrics(metrics, queues);
    QueueActions queueActions = new QueueActions(queues, wall);
    SendActions sending = new SendActions(queues, this.metrics);
    ReceiveActions receiving = new ReceiveActions(queues, this.metrics, identity.account());
    HandleActions handles = new HandleActions(queues, this.metrics);
    this.port = new QueuePort(identity, queues, sending, receiving, handles);
    queueActions.addTo(actions);
    sending.addTo(actions);
    receiving.addTo(actions);
    handles.addTo(actions);
    new QueueTagActions(queues).addTo(actions);
    new PermissionActions(queues).addTo(actions);
    new MoveTaskActions(queues, timers, wall).addTo(actions);
  }

  @Override
  public String signingName() {
    return "sqs";
  }

  @Override
  public Actions actions() {
    return actions;
  }

  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    Queue queue = queues.find(arn);
    return queue == null ? null : queue.attribute("Policy");
  }

  /** The port for other services. */
  public MessageQueues messageQueues() {
    return port;
  }

  public List<ResourceType> resourceTypes() {
    return List.of(new QueueResource(queues), new QueuePolicyResource(queues));
  }

  @Override
  public void sample(Metrics metrics) {
    this.metrics.sample(metrics);
  }

  @Override
  public void close() {
    timers.close();
  }
}
