package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.RejectedLogEventsInfo;

final class EventsTest {
  private final Logged logged = new Logged();

  private static GetLogEventsRequest.Builder get() {
    return GetLogEventsRequest.builder().logGroupName(Logged.GROUP).logStreamName("s");
  }

  private GetLogEventsResponse got(GetLogEventsRequest.Builder request) {
    return logged.call(request.build());
  }

  private static List<String> messages(GetLogEventsResponse response) {
    return response.events().stream().map(OutputLogEvent::message).toList();
  }

  @Test
  void keepsTheOrderWithinOneMillisecond() {
    logged.append("s", "1", "2", "", "3");
    logged.append("s", "4");
    assertEquals(List.of("1", "2", "3", "4"), messages(got(get())));
  }

  @Test
  void readsForwardToTheEndAndOn() {
    logged.append("s", "1", "2", "3");
    GetLogEventsResponse first = got(get().startFromHead(true).limit(2));
    assertEquals(List.of("1", "2"), messages(first));
    GetLogEventsResponse second = got(get().nextToken(first.nextForwardToken()).limit(2));
    assertEquals(List.of("3"), messages(second));
    GetLogEventsResponse end = got(get().nextToken(second.nextForwardToken()));
    assertEquals(List.of(), messages(end));
    assertEquals(second.nextForwardToken(), end.nextForwardToken());
    logged.append("s", "4");
    assertEquals(List.of("4"), messages(got(get().nextToken(end.nextForwardToken()))));
  }

  @Test
  void readsBackwardToTheBeginning() {
    logged.append("s", "1", "2", "3");
    GetLogEventsResponse last = got(get().limit(2));
    assertEquals(List.of("2", "3"), messages(last));
    GetLogEventsResponse first = got(get().nextToken(last.nextBackwardToken()).limit(2));
    assertEquals(List.of("1"), messages(first));
    GetLogEventsResponse end = got(get().nextToken(first.nextBackwardToken()));
    assertEquals(first.nextBackwardToken(), end.nextBackwardToken());
  }

  @Test
  void waitsAtAStreamWithoutEvents() {
    logged.call(
        CreateLogStreamRequest.builder().logGroupName(Logged.GROUP).logStreamName("s").build());
    String token = got(get()).nextForwardToken();
    assertEquals(token, got(get().nextToken(token)).nextForwardToken());
    logged.append("s", "1");
    assertEquals(List.of("1"), messages(got(get().nextToken(token))));
  }

  @Test
  void cutsByTime() {
    for (int i = 0; i < 4; i++) {
      logged.append("s", "" + i);
      logged.clock.advance(Duration.ofSeconds(1));
    }
    assertEquals(
        List.of("1", "2"),
        messages(got(get().startTime(logged.start + 1000).endTime(logged.start + 3000))));
  }

  @Test
  void refusesStrangeTokens() {
    logged.append("s", "1");
    logged.refused("InvalidParameterException", get().nextToken("f/1").build());
    logged.refused("InvalidParameterException", get().nextToken("x").build());
    logged.refused("ValidationException", get().logGroupIdentifier(Logged.ARN).build());
    assertEquals(
        List.of("1"), messages(got(get().logGroupName(null).logGroupIdentifier(Logged.ARN))));
  }

  private PutLogEventsRequest put(InputLogEvent... events) {
    return PutLogEventsRequest.builder()
        .logGroupName(Logged.GROUP)
        .logStreamName("s")
        .logEvents(events)
        .build();
  }

  private InputLogEvent at(Duration since, String message) {
    return InputLogEvent.builder()
        .timestamp(logged.start + since.toMillis())
        .message(message)
        .build();
  }

  @Test
  void putsEventsAtTheirTimes() {
    logged.append("s", "now");
    PutLogEventsResponse response =
        logged.call(put(at(Duration.ofMinutes(-2), "early"), at(Duration.ofMinutes(1), "late")));
    assertNull(response.rejectedLogEventsInfo());
    assertEquals(56, response.nextSequenceToken().length());
    assertEquals(List.of("early", "now", "late"), messages(got(get())));
  }

  @Test
  void rejectsEventsThatAreTooOldOrTooNew() {
    logged.append("s", "now");
    PutLogEventsResponse old =
        logged.call(
            put(at(Duration.ofDays(-14).minusHours(1), "old"), at(Duration.ofDays(-14), "just")));
    assertEquals(
        RejectedLogEventsInfo.builder().tooOldLogEventEndIndex(1).build(),
        old.rejectedLogEventsInfo());
    PutLogEventsResponse young =
        logged.call(put(at(Duration.ofHours(2), "soon"), at(Duration.ofHours(3), "new")));
    assertEquals(
        RejectedLogEventsInfo.builder().tooNewLogEventStartIndex(1).build(),
        young.rejectedLogEventsInfo());
    assertEquals(List.of("just", "now", "soon"), messages(got(get())));
  }

  @Test
  void refusesBadBatches() {
    String code = "InvalidParameterException";
    logged.append("s", "now");
    logged.refused(code, put());
    logged.refused(code, put(at(Duration.ofSeconds(2), "b"), at(Duration.ofSeconds(1), "a")));
    logged.refused(code, put(at(Duration.ofHours(-25), "a"), at(Duration.ZERO, "b")));
    logged.refused(code, put(at(Duration.ZERO, "")));
    logged.refused(code, put(at(Duration.ZERO, "x".repeat(1_048_576))));
    logged.refused(
        "ResourceNotFoundException",
        put(at(Duration.ZERO, "a")).toBuilder().logStreamName("unknown").build());
  }

  private static FilterLogEventsRequest.Builder filter() {
    return FilterLogEventsRequest.builder().logGroupName(Logged.GROUP);
  }

  private FilterLogEventsResponse found(FilterLogEventsRequest.Builder request) {
    return logged.call(request.build());
  }

  private List<String> messages(FilterLogEventsRequest.Builder request) {
    return found(request).events().stream().map(FilteredLogEvent::message).toList();
  }

  @Test
  void mergesStreamsInTheOrderOfTime() {
    logged.append("a/1", "1");
    logged.append("b/1", "2");
    logged.append("a/2", "3");
    logged.append("a/1", "4");
    assertEquals(List.of("1", "2", "3", "4"), messages(filter()));
    assertEquals(List.of("1", "3", "4"), messages(filter().logStreamNamePrefix("a/")));
    assertEquals(List.of("2", "3"), messages(filter().logStreamNames("b/1", "a/2")));
    logged.refused("ResourceNotFoundException", filter().logStreamNames("c").build());
    FilteredLogEvent event = found(filter()).events().get(2);
    assertEquals("a/2", event.logStreamName());
    assertEquals(logged.start, event.timestamp());
    assertEquals(56, event.eventId().length());
  }

  @Test
  void pagesWithoutLossWhileEventsCome() {
    logged.append("a", "1", "2", "3");
    List<String> seen = new ArrayList<>();
    FilterLogEventsResponse page = found(filter().limit(2));
    page.events().forEach(event -> seen.add(event.message()));
    logged.append("b", "4");
    page = found(filter().limit(2).nextToken(page.nextToken()));
    page.events().forEach(event -> seen.add(event.message()));
    assertEquals(List.of("1", "2", "3", "4"), seen);
    assertNull(page.nextToken());
  }

  @Test
  void filtersByTimeBothEndsIncluded() {
    for (int i = 0; i < 4; i++) {
      logged.append("s", "" + i);
      logged.clock.advance(Duration.ofSeconds(1));
    }
    assertEquals(
        List.of("1", "2"),
        messages(filter().startTime(logged.start + 1000).endTime(logged.start + 2000)));
    assertEquals(List.of("0", "1", "2"), messages(filter().endTime(logged.start + 2999)));
    assertEquals(List.of("3"), messages(filter().startTime(logged.start + 2001)));
  }

  @Test
  void filtersByPattern() {
    logged.append("s", "ERROR one", "WARN two", "INFO three");
    assertEquals(
        List.of("ERROR one", "WARN two"), messages(filter().filterPattern("?ERROR ?WARN")));
    assertTrue(messages(filter().filterPattern("DEBUG")).isEmpty());
  }
}
