package io.pipelab.local.kinesis;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.kernel.RecordStreams;
import java.time.InstantSource;
import java.util.List;

/**
 * Amazon Kinesis Data Streams without enhanced fan-out, encryption and metrics by shard. Its timing
 * is real time, whatever the cloud's clock does.
 */
public final class Kinesis implements AwsService {
  private final Streams streams;
  private final PutActions puts;
  private final Actions actions = new Actions();

  public Kinesis(CloudIdentity identity, Metrics metrics) {
    this(identity, metrics, InstantSource.system());
  }

  Kinesis(CloudIdentity identity, Metrics metrics, InstantSource wall) {
    this.streams = new Streams(identity, wall);
    StreamMetrics counts = new StreamMetrics(metrics);
    new StreamActions(streams).addTo(actions);
    new ShardActions(streams).addTo(actions);
    this.puts = new PutActions(streams, counts);
    puts.addTo(actions);
    new ReadActions(streams, new ShardIterators(wall), counts).addTo(actions);
    new SettingActions(streams).addTo(actions);
    new TagActions(streams).addTo(actions);
  }

  @Override
  public String signingName() {
    return "kinesis";
  }

  @Override
  public Actions actions() {
    return actions;
  }

  /** The port for other services. */
  public RecordStreams recordStreams() {
    return puts;
  }

  public List<ResourceType> resourceTypes() {
    return List.of(new StreamResource(streams));
  }
}
