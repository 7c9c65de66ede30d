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

/** Amazon SQS. Its timing is real time, whatever the cloud's clock does. */
public final class SqsService implements AwsService, MetricSource {
  private final ElasticMq engine;
  private final Queues queues;
  private final QueueMetrics metrics;
  private final QueuePort port;
  private final Actions actions = new Actions();

  public SqsService(CloudIdentity identity, Metrics metrics) {
    this(identity, metrics, InstantSource.system());
  }

  SqsService(CloudIdentity identity, Metrics metrics, InstantSource wall) {
    this.engine = new ElasticMq(identity);
    MessageAges ages = new MessageAges();
    this.queues = new Queues(identity, engine, ages, wall);
    this.metrics = new QueueMetrics(metrics, queues, ages, wall);
    QueueActions queueActions = new QueueActions(queues, engine, this.metrics, wall);
    SendActions sending = new SendActions(queues, engine, this.metrics);
    ReceiveActions receiving =
        new ReceiveActions(queues, engine, this.metrics, wall, identity.account());
    this.port = new QueuePort(identity, queues, queueActions, sending, receiving);
    queueActions.addTo(actions);
    sending.addTo(actions);
    receiving.addTo(actions);
    new QueueTagActions(queues).addTo(actions);
    new PermissionActions(queues).addTo(actions);
    new MoveTaskActions(queues, engine).addTo(actions);
  }

  @Override
  public String signingName() {
    return "sqs";
  }

  @Override
  public Actions actions() {
    return actions;
  }

  /** Starts the engine now, so that the first request need not wait for it. */
  public void warmUp() {
    engine.client();
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
    engine.close();
  }
}
