package io.pipelab.local.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteSubscriptionFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeSubscriptionFiltersRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeSubscriptionFiltersResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutSubscriptionFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.SubscriptionFilter;

final class SubscriptionFiltersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNCTIONS = "arn:aws:lambda:us-east-1:000000000000:function:";
  private static final String READER = FUNCTIONS + "reader";

  private final Logged logged = new Logged();
  private final NotedFunctions functions = new NotedFunctions();

  @BeforeEach
  void connect() {
    logged.logs.connect((at, namespace, metric, dimensions, value, unit) -> {}, functions);
    functions.permissions.add(READER + " logs.amazonaws.com");
  }

  private static PutSubscriptionFilterRequest filter(String name, String pattern, String to) {
    return PutSubscriptionFilterRequest.builder()
        .logGroupName(Logged.GROUP)
        .filterName(name)
        .filterPattern(pattern)
        .destinationArn(to)
        .build();
  }

  private List<SubscriptionFilter> described(@Nullable String prefix) {
    DescribeSubscriptionFiltersResponse response =
        logged.call(
            DescribeSubscriptionFiltersRequest.builder()
                .logGroupName(Logged.GROUP)
                .filterNamePrefix(prefix)
                .build());
    return response.subscriptionFilters();
  }

  /** What a function gets, unpacked. */
  private static JsonNode data(byte[] payload) throws IOException {
    String packed = JSON.readTree(payload).path("awslogs").path("data").asText();
    byte[] zipped = Base64.getDecoder().decode(packed);
    return JSON.readTree(new GZIPInputStream(new ByteArrayInputStream(zipped)));
  }

  @Test
  void aFunctionGetsWhatMatchesPacked() throws IOException {
    logged.call(filter("errors", "ERROR", READER));
    logged.append("s", "ERROR one", "fine");
    logged.append("s", "ERROR two");
    logged.append("t", "ERROR elsewhere");
    assertEquals(List.of(), functions.sent);
    logged.clock.advance(Duration.ofSeconds(1));

    assertEquals(2, functions.sent.size());
    NotedFunctions.Sent first = functions.sent.get(0);
    assertEquals(READER, first.function());
    assertEquals(
        new Caller.ServicePrincipal("logs.amazonaws.com", Logged.ARN + ":*"), first.caller());
    JsonNode data = data(first.payload());
    assertEquals("DATA_MESSAGE", data.path("messageType").asText());
    assertEquals("000000000000", data.path("owner").asText());
    assertEquals(Logged.GROUP, data.path("logGroup").asText());
    assertEquals("s", data.path("logStream").asText());
    assertEquals("[\"errors\"]", data.path("subscriptionFilters").toString());
    assertEquals(
        List.of("ERROR one", "ERROR two"), data.path("logEvents").findValuesAsText("message"));
    assertEquals(logged.start, data.path("logEvents").path(0).path("timestamp").asLong());
    assertEquals(56, data.path("logEvents").path(0).path("id").asText().length());
    assertEquals("t", data(functions.sent.get(1).payload()).path("logStream").asText());
  }

  @Test
  void whatIsTooMuchForOneEventGoesInMore() throws IOException {
    logged.call(filter("all", "", READER));
    for (int i = 0; i < 5; i++) {
      logged.append("s", "x".repeat(60 << 10));
    }
    logged.clock.advance(Duration.ofSeconds(1));
    assertEquals(3, functions.sent.size());
    int events = 0;
    for (NotedFunctions.Sent sent : functions.sent) {
      events += data(sent.payload()).path("logEvents").size();
    }
    assertEquals(5, events);
  }

  @Test
  void thePermissionMayNameTheRegion() {
    String regional = FUNCTIONS + "regional";
    functions.permissions.add(regional + " logs.us-east-1.amazonaws.com");
    logged.call(filter("all", "", regional));
    logged.append("s", "line");
    logged.clock.advance(Duration.ofSeconds(1));
    assertEquals(1, functions.sent.size());
  }

  @Test
  void aFunctionThatLetsNobodyInIsRefused() {
    assertEquals(
        "Could not execute the lambda function. Make sure you have given CloudWatch Logs"
            + " permission to execute your function.",
        logged
            .refused("InvalidParameterException", filter("f", "", FUNCTIONS + "closed"))
            .getMessage());
    assertEquals(List.of(), described(null));
  }

  @Test
  void aPermissionThatIsTakenAwayEndsTheDelivery() {
    logged.call(filter("all", "", READER));
    functions.permissions.clear();
    logged.append("s", "line");
    logged.clock.advance(Duration.ofSeconds(1));
    assertEquals(List.of(), functions.sent);
  }

  @Test
  void aFunctionIsNotFedWithItsOwnLog() {
    String own = FUNCTIONS + "fasttrack-saa";
    functions.permissions.add(own + " logs.amazonaws.com");
    assertEquals(
        "The log group provided is reserved for the function logs of the destination function.",
        logged.refused("InvalidParameterException", filter("f", "", own)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:sqs:us-east-1:000000000000:q | InvalidParameterException | PutSubscriptionFilter"
            + " operation cannot work with destinationArn for vendor sqs",
        "arn:aws:kinesis:us-east-1:000000000000:stream/s | InvalidParameterException |"
            + " destinationArn for vendor kinesis cannot be used without roleArn",
        "arn:aws:lambda:us-east-1:111111111111:function:f | AccessDeniedException |"
            + " Cross-account lambda invocation passing is not allowed. You must use"
            + " DestinationPolicies to create cross account lambda triggers.",
        "arn:aws:logs:us-east-1:000000000000:destination:d | NotImplemented | pipelab's embedded"
            + " cloud does not implement destinations of other accounts"
            + " (arn:aws:logs:us-east-1:000000000000:destination:d).",
      })
  void otherDestinationsAreRefused(String to, String code, String message) {
    assertEquals(message, logged.refused(code, filter("f", "", to)).getMessage());
  }

  @Test
  void rolesAreForStreams() {
    PutSubscriptionFilterRequest request =
        filter("f", "", READER).toBuilder().roleArn("arn:aws:iam::000000000000:role/r").build();
    assertEquals(
        "destinationArn for vendor lambda cannot be used with roleArn",
        logged.refused("InvalidParameterException", request).getMessage());
    logged.refused(
        "NotImplemented",
        request.toBuilder()
            .destinationArn("arn:aws:firehose:us-east-1:000000000000:deliverystream/d")
            .build());
  }

  @Test
  void aGroupHasTwoFilters() {
    logged.call(filter("a", "ERROR", READER));
    logged.call(filter("b", "", READER));
    assertEquals(
        "Resource limit exceeded.",
        logged.refused("LimitExceededException", filter("c", "", READER)).getMessage());
    logged.call(filter("a", "WARN", READER));
    SubscriptionFilter shown = described("a").get(0);
    assertEquals("WARN", shown.filterPattern());
    assertEquals("ByLogStream", shown.distributionAsString());
    assertEquals(READER, shown.destinationArn());
    DeleteSubscriptionFilterRequest delete =
        DeleteSubscriptionFilterRequest.builder()
            .logGroupName(Logged.GROUP)
            .filterName("a")
            .build();
    logged.call(delete);
    assertEquals(
        "The specified subscription filter does not exist.",
        logged.refused("ResourceNotFoundException", delete).getMessage());
    assertEquals(1, described(null).size());
  }
}
