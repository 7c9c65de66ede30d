package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.wire.LoopbackGateway;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs through the gateway, as the SDK's client sees it. */
final class LogsIT {
  private final Logged logged = new Logged();
  private final LoopbackGateway gateway = new LoopbackGateway();
  private CloudWatchLogsClient client;

  @BeforeEach
  void serve() {
    gateway.serve(logged.clock, logged.logs);
    client =
        gateway.client(CloudWatchLogsClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  @Test
  void readsWhatServicesWrote() {
    logged.append("s", IntStream.range(0, 250).mapToObj(i -> "line " + i).toArray(String[]::new));
    // The SDK's paginator ends when the same token comes again.
    List<String> lines =
        client
            .getLogEventsPaginator(
                request ->
                    request
                        .logGroupName(Logged.GROUP)
                        .logStreamName("s")
                        .startFromHead(true)
                        .limit(100))
            .events()
            .stream()
            .map(OutputLogEvent::message)
            .toList();
    assertEquals(250, lines.size());
    assertEquals("line 249", lines.get(249));
    List<FilteredLogEvent> found =
        client
            .filterLogEventsPaginator(
                request ->
                    request.logGroupIdentifier(Logged.ARN).filterPattern("\"line 24\"").limit(3))
            .events()
            .stream()
            .toList();
    assertEquals(11, found.size());
  }

  @Test
  void readsWhatClientsPut() {
    client.createLogGroup(request -> request.logGroupName("mine"));
    client.createLogStream(request -> request.logGroupName("mine").logStreamName("s"));
    client.putLogEvents(
        request ->
            request
                .logGroupName("mine")
                .logStreamName("s")
                .logEvents(event -> event.timestamp(logged.start).message("hällo")));
    assertEquals(
        "hällo",
        client
            .getLogEvents(request -> request.logGroupName("mine").logStreamName("s"))
            .events()
            .get(0)
            .message());
    assertEquals(
        logged.start,
        client
            .describeLogStreams(request -> request.logGroupName("mine"))
            .logStreams()
            .get(0)
            .lastEventTimestamp());
  }

  @Test
  void refusesInAwsWords() {
    assertThrows(
        ResourceAlreadyExistsException.class,
        () -> client.createLogGroup(request -> request.logGroupName(Logged.GROUP)));
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.deleteLogGroup(request -> request.logGroupName("unknown")));
    CloudWatchLogsException missing =
        assertThrows(
            CloudWatchLogsException.class,
            () -> client.startQuery(request -> request.queryString("fields @message")));
    assertTrue(missing.getMessage().contains("StartQuery"), missing.getMessage());
  }
}
