package io.pipelab.verify.check.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.verify.FakeAws;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.load.LoadRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;

class UncertainLoadsTest {
  private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:30Z");

  private final FakeAws aws = new FakeAws();

  @Test
  void aKilledLoadCountsByWhatTheQueueGot() {
    queueGot(1080);
    assertEquals(1080, settled(record(0, 5000)).get(0).sent());
    assertEquals(1080, settled(record(1060, 80)).get(0).sent());
    assertEquals(1077, settled(record(1060, 80)).get(0).items(), "without the poison");
  }

  @Test
  void whatOthersSentIsNotTheLoads() {
    queueGot(9000);
    assertEquals(1140, settled(record(1060, 80)).get(0).sent());
  }

  @Test
  void aMetricThatIsLateTakesNothingAway() {
    queueGot(0);
    assertEquals(1060, settled(record(1060, 80)).get(0).sent());
    assertEquals(List.of(), settled(record(0, 80)), "nothing was loaded");
  }

  private void queueGot(double messages) {
    aws.on(
        GetMetricStatisticsRequest.class,
        request ->
            GetMetricStatisticsResponse.builder()
                .datapoints(Datapoint.builder().sum(messages).build())
                .build());
  }

  private List<LoadRecord> settled(LoadRecord load) {
    return UncertainLoads.settled(new CheckScope(aws, () -> BEGAN.plusSeconds(60), List.of(load)));
  }

  private static LoadRecord record(long sent, long uncertain) {
    return new LoadRecord("r1", "http://q/1/queue", 5000, sent, uncertain, 3, 0, 0, BEGAN, BEGAN);
  }
}
