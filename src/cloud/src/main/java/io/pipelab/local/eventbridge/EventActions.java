package io.pipelab.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.EventBuses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternRequest;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternResponse;
import software.amazon.event.ruler.Ruler;

/** Events put on buses, and tried against a pattern. */
final class EventActions implements EventBuses {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What all entries of a call may have together, in bytes (User Guide, "PutEvents"). */
  private static final int MOST_BYTES = 256 * 1024;

  /** What a time counts. */
  private static final int TIME_BYTES = 14;

  private final Buses buses;
  private final Router router;
  private final CloudClock clock;

  EventActions(Buses buses, Router router, CloudClock clock) {
    this.buses = buses;
    this.router = router;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(PutEventsRequest.class, this::putEvents)
        .on(TestEventPatternRequest.class, this::testEventPattern);
  }

  private PutEventsResponse putEvents(PutEventsRequest request) {
    if (request.entries().stream().mapToInt(EventActions::size).sum() > MOST_BYTES) {
      throw Refusals.invalid("Total size of the entries in the request is over the limit.");
    }
    List<PutEventsResultEntry> results = new ArrayList<>();
    request.entries().forEach(entry -> results.add(put(entry)));
    return PutEventsResponse.builder()
        .failedEntryCount((int) results.stream().filter(each -> each.errorCode() != null).count())
        .entries(results)
        .build();
  }

  @Override
  public void put(
      String busArn, String source, String detailType, List<String> resources, String detail) {
    PutEventsRequestEntry entry =
        PutEventsRequestEntry.builder()
            .eventBusName(busArn)
            .source(source)
            .detailType(detailType)
            .resources(resources)
            .detail(detail)
            .build();
    PutEventsResultEntry result =
        putEvents(PutEventsRequest.builder().entries(entry).build()).entries().get(0);
    if (result.errorCode() != null) {
      throw AwsError.badRequest(result.errorCode(), result.errorMessage());
    }
  }

  private static int size(PutEventsRequestEntry entry) {
    int size = entry.time() == null ? 0 : TIME_BYTES;
    List<@Nullable String> texts = new ArrayList<>(entry.resources());
    texts.add(entry.source());
    texts.add(entry.detailType());
    texts.add(entry.detail());
    for (String text : texts) {
      size += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
    return size;
  }

  /** One entry; a bus that there is not takes everything in silence, as on AWS. */
  private PutEventsResultEntry put(PutEventsRequestEntry entry) {
    String missing = missing(entry);
    if (missing != null) {
      return failed(
          "InvalidArgument",
          "Parameter "
              + missing
              + " is not valid. Reason: "
              + missing
              + " is a required argument.");
    }
    if (entry.source().startsWith("aws.")) {
      return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    JsonNode detail = detail(entry.detail());
    if (detail == null) {
      return failed("MalformedDetail", "Detail is malformed.");
    }
    Event event =
        Event.of(
            buses.identity,
            new Event.About(entry.source(), entry.detailType(), entry.resources(), detail),
            Objects.requireNonNullElse(entry.time(), clock.now()),
            clock.now(),
            entry.traceHeader());
    try {
      buses.find(entry.eventBusName()).ifPresent(bus -> router.put(bus, event));
    } catch (AwsError e) {
      return failed(e.code(), e.getMessage());
    }
    return PutEventsResultEntry.builder().eventId(event.id()).build();
  }

  private static @Nullable String missing(PutEventsRequestEntry entry) {
    if (entry.source() == null || entry.source().isEmpty()) {
      return "Source";
    }
    if (entry.detailType() == null || entry.detailType().isEmpty()) {
      return "DetailType";
    }
    return entry.detail() == null || entry.detail().isEmpty() ? "Detail" : null;
  }

  private static @Nullable JsonNode detail(String text) {
    try {
      JsonNode detail = JSON.readTree(text);
      return detail.isObject() ? detail : null;
    } catch (JsonProcessingException e) {
      return null; // answered by name
    }
  }

  private static PutEventsResultEntry failed(String code, String message) {
    return PutEventsResultEntry.builder().errorCode(code).errorMessage(message).build();
  }

  private TestEventPatternResponse testEventPattern(TestEventPatternRequest request) {
    EventPatterns.check(request.eventPattern());
    JsonNode event = detail(request.event());
    if (event == null) {
      throw Refusals.invalid("Parameter Event is not valid. Reason: Event is not a JSON object.");
    }
    for (String member :
        List.of("id", "account", "source", "time", "region", "resources", "detail-type")) {
      if (!event.has(member)) {
        throw Refusals.invalid(
            "Parameter Event is not valid. Reason: " + member + " is a required argument.");
      }
    }
    return TestEventPatternResponse.builder()
        .result(matches(request.event(), request.eventPattern()))
        .build();
  }

  private static boolean matches(String event, String pattern) {
    try {
      return Ruler.matchesRule(event, pattern);
    } catch (Exception e) { // the matcher declares no less; both were checked
      throw new IllegalStateException("an event that cannot be matched", e);
    }
  }
}
