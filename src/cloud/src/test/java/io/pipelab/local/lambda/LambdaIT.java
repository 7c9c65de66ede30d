package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AsyncAction;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.lambda.execution.TestHandler;
import io.pipelab.local.wire.LoopbackGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Runs functions through the gateway with AWS's own client. */
@Timeout(300)
final class LambdaIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:failed";

  private final LoopbackGateway gateway = new LoopbackGateway();
  private final LambdaFixture cloud;
  private final LambdaClient client;

  LambdaIT(@TempDir Path directory) throws IOException {
    this.cloud = new LambdaFixture(directory, gateway.endpoint());
    gateway.serve(cloud.clock, cloud.lambda);
    this.client =
        gateway.client(
            LambdaClient.builder()
                .overrideConfiguration(
                    override -> override.retryStrategy(retry -> retry.maxAttempts(1))));
  }

  @AfterEach
  void close() {
    client.close();
    cloud.close();
    gateway.close();
  }

  @Test
  void functionIsCreatedInvokedAndDeleted() throws Exception {
    create();
    client.waiter().waitUntilFunctionActiveV2(request -> request.functionName("demo"));
    InvokeResponse response =
        client.invoke(
            request ->
                request
                    .functionName(cloud.arn("demo"))
                    .payload(SdkBytes.fromUtf8String("{\"do\": \"echo\", \"n\": 1}"))
                    .logType(LogType.TAIL));
    assertEquals(200, response.statusCode());
    assertEquals("{\"do\":\"echo\",\"n\":1}", response.payload().asUtf8String());
    assertEquals("$LATEST", response.executedVersion());
    assertNull(response.functionError());
    String log =
        new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    String id = response.responseMetadata().requestId();
    assertTrue(log.startsWith("START RequestId: " + id + " "), id + " is not the id in " + log);
    assertTrue(log.contains("\nREPORT RequestId: " + id), log);
    assertMetric("Invocations {FunctionName=demo} 1");
    assertMetric("Errors {FunctionName=demo} 0");
    assertMetric("ConcurrentExecutions {FunctionName=demo} 1");
    client.deleteFunction(request -> request.functionName("demo"));
    assertThrows(LambdaException.class, () -> invoke("{}"));
  }

  @Test
  void aRunHoldsNoThreadOfTheOneWhoStartsIt() throws Exception {
    create();
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName("demo")
            .payload(SdkBytes.fromUtf8String("{\"do\": \"count\"}"))
            .build();
    CompletableFuture<InvokeResponse> run = cloud.<InvokeResponse>begin(request);
    assertFalse(run.isDone(), "a process has to start first");
    assertEquals("1", run.get(60, TimeUnit.SECONDS).payload().asUtf8String());
  }

  @Test
  void errorIsAResponseWithAFunctionError() throws Exception {
    create();
    InvokeResponse response = invoke("{\"do\": \"throw\"}");
    assertEquals(200, response.statusCode());
    assertEquals("Unhandled", response.functionError());
    JsonNode error = JSON.readTree(response.payload().asByteArray());
    assertEquals("java.lang.IllegalStateException", error.path("errorType").asText());
    assertMetric("Errors {FunctionName=demo} 1");
  }

  @Test
  void newConfigurationRunsInANewEnvironment() throws Exception {
    create();
    assertEquals("1", invoke("{\"do\": \"count\"}").payload().asUtf8String());
    client.updateFunctionConfiguration(request -> request.functionName("demo").memorySize(300));
    assertEquals("1", invoke("{\"do\": \"count\"}").payload().asUtf8String());
    client.publishVersion(request -> request.functionName("demo"));
    InvokeResponse version = client.invoke(request -> request.functionName("demo").qualifier("1"));
    assertEquals("1", version.executedVersion());
    assertEquals("\"done\"", version.payload().asUtf8String());
  }

  @Test
  void asynchronousEventIsRetriedTwiceAndThenGivenUp() throws Exception {
    create();
    client.updateFunctionConfiguration(
        request -> request.functionName("demo").deadLetterConfig(dlq -> dlq.targetArn(QUEUE)));
    client.putFunctionEventInvokeConfig(
        request ->
            request
                .functionName("demo")
                .destinationConfig(
                    config -> config.onFailure(failure -> failure.destination(QUEUE + "-record"))));
    int scheduled = cloud.clock.pending();
    assertEquals(202, event("{\"do\": \"throw\"}").statusCode());
    await(() -> cloud.clock.pending() == scheduled + 1);
    cloud.clock.advance(Duration.ofMinutes(1));
    await(() -> cloud.clock.pending() == scheduled + 1);
    assertEquals(2, runs());
    assertTrue(cloud.sent.isEmpty());
    cloud.clock.advance(Duration.ofMinutes(2));
    LambdaFixture.Sent record = sent();
    assertEquals(QUEUE + "-record", record.target());
    JsonNode body = JSON.readTree(record.body());
    assertEquals("RetriesExhausted", body.path("requestContext").path("condition").asText());
    assertEquals(3, body.path("requestContext").path("approximateInvokeCount").asInt());
    assertEquals("throw", body.path("requestPayload").path("do").asText());
    assertEquals("Unhandled", body.path("responseContext").path("functionError").asText());
    LambdaFixture.Sent letter = sent();
    assertEquals(QUEUE, letter.target());
    assertEquals("{\"do\": \"throw\"}", letter.body());
    assertEquals("asked \"to\" throw", letter.attributes().get("ErrorMessage").stringValue());
    assertTrue(letter.caller().arn().endsWith("assumed-role/works/demo"), letter.caller().arn());
    assertMetric("AsyncEventsReceived {FunctionName=demo} 1");
  }

  @Test
  void successGoesToItsDestination() throws Exception {
    create();
    client.putFunctionEventInvokeConfig(
        request ->
            request
                .functionName("demo")
                .maximumRetryAttempts(0)
                .destinationConfig(
                    config ->
                        config.onSuccess(
                            success ->
                                success.destination("arn:aws:sns:us-east-1:000000000000:done"))));
    event("{\"do\": \"count\"}");
    JsonNode body = JSON.readTree(sent().body());
    assertEquals("Success", body.path("requestContext").path("condition").asText());
    assertEquals(1, body.path("responsePayload").asInt());
  }

  @Test
  void resultsGoToEventBridge() throws Exception {
    create();
    String bus = "arn:aws:events:us-east-1:000000000000:event-bus/results";
    client.putFunctionEventInvokeConfig(
        request ->
            request
                .functionName("demo")
                .maximumRetryAttempts(0)
                .destinationConfig(
                    c -> c.onSuccess(s -> s.destination(bus)).onFailure(f -> f.destination(bus))));
    event("{\"do\": \"count\"}");
    LambdaFixture.OnBus success =
        Objects.requireNonNull(cloud.buses.poll(60, TimeUnit.SECONDS), "no event");
    assertEquals(bus, success.bus());
    assertEquals("lambda", success.source());
    assertEquals("Lambda Function Invocation Result - Success", success.detailType());
    assertEquals(List.of(bus, cloud.arn("demo:$LATEST")), success.resources());
    assertEquals(1, JSON.readTree(success.detail()).path("responsePayload").asInt());
    event("{\"do\": \"throw\"}");
    LambdaFixture.OnBus failure =
        Objects.requireNonNull(cloud.buses.poll(60, TimeUnit.SECONDS), "no event");
    assertEquals("Lambda Function Invocation Result - Failure", failure.detailType());
    assertEquals(
        "Unhandled", JSON.readTree(failure.detail()).at("/responseContext/functionError").asText());
  }

  @Test
  void aRoleThatMayNotPutEventsPutsNone() throws Exception {
    cloud.call(cloud.obedient("demo").role("arn:aws:iam::000000000000:role/bare").build());
    client.putFunctionEventInvokeConfig(
        request ->
            request
                .functionName("demo")
                .destinationConfig(
                    c ->
                        c.onSuccess(
                            s ->
                                s.destination(
                                    "arn:aws:events:us-east-1:000000000000:event-bus/b"))));
    event("{\"do\": \"count\"}");
    await(
        () ->
            cloud.metrics.contains("AWS/Lambda DestinationDeliveryFailures {FunctionName=demo} 1"));
    assertTrue(cloud.buses.isEmpty());
  }

  @Test
  void otherServicesInvokeWhenThePolicyLetsThem() throws Exception {
    create();
    String topic = "arn:aws:sns:us-east-1:000000000000:alarms";
    client.addPermission(
        request ->
            request
                .functionName("demo")
                .statementId("sns")
                .action("lambda:InvokeFunction")
                .principal("sns.amazonaws.com")
                .sourceArn(topic));
    byte[] event = "{\"do\": \"count\"}".getBytes(StandardCharsets.UTF_8);
    Caller sns = new Caller.ServicePrincipal("sns.amazonaws.com", topic);
    cloud.lambda.invoker().invokeAsync(cloud.arn("demo"), event, sns);
    await(() -> runs() == 1);
    byte[] answer =
        AsyncAction.join(cloud.lambda.invoker().invoke(cloud.arn("demo"), event, sns)).payload();
    assertEquals("2", new String(answer, StandardCharsets.UTF_8));
  }

  @Test
  void reservedConcurrencyOfZeroThrottles() throws Exception {
    create();
    client.putFunctionConcurrency(
        request -> request.functionName("demo").reservedConcurrentExecutions(0));
    TooManyRequestsException refused =
        assertThrows(TooManyRequestsException.class, () -> invoke("{}"));
    assertEquals(429, refused.statusCode());
    assertMetric("Throttles {FunctionName=demo} 1");
    client.deleteFunctionConcurrency(request -> request.functionName("demo"));
    assertEquals(200, invoke("{}").statusCode());
  }

  @Test
  void badRequestsAreRefused() throws Exception {
    create();
    LambdaException notJson = assertThrows(LambdaException.class, () -> invoke("{no json"));
    assertEquals("InvalidRequestContentException", notJson.awsErrorDetails().errorCode());
    LambdaException unknown =
        assertThrows(
            LambdaException.class,
            () -> client.invoke(request -> request.functionName("demo").qualifier("nothing")));
    assertEquals("ResourceNotFoundException", unknown.awsErrorDetails().errorCode());
    LambdaException absent =
        assertThrows(LambdaException.class, () -> client.listCodeSigningConfigs(request -> {}));
    assertTrue(absent.getMessage().contains("ListCodeSigningConfigs"), absent.getMessage());
  }

  private void create() throws Exception {
    client.createFunction(cloud.obedient("demo").handler(TestHandler.NAME).build());
  }

  private InvokeResponse invoke(String event) {
    return client.invoke(request(event).build());
  }

  private InvokeResponse event(String event) {
    return client.invoke(request(event).invocationType(InvocationType.EVENT).build());
  }

  private static InvokeRequest.Builder request(String event) {
    return InvokeRequest.builder().functionName("demo").payload(SdkBytes.fromUtf8String(event));
  }

  private LambdaFixture.Sent sent() throws InterruptedException {
    LambdaFixture.Sent sent = cloud.sent.poll(60, TimeUnit.SECONDS);
    assertNotNull(sent, "nothing was sent");
    return sent;
  }

  private long runs() {
    return cloud.metrics.stream().filter(metric -> metric.contains(" Duration ")).count();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertTrue(condition.getAsBoolean(), "waited in vain");
  }

  private void assertMetric(String metric) {
    assertTrue(cloud.metrics.contains("AWS/Lambda " + metric), cloud.metrics::toString);
  }
}
