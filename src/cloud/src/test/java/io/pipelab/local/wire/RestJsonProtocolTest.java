package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceResponse;

class RestJsonProtocolTest {
  private final List<SdkPojo> seen = new ArrayList<>();
  private final TestGateway gateway =
      new TestGateway(
          List.of(),
          TestGateway.service(
              "lambda",
              new Actions()
                  .on(CreateFunctionRequest.class, this::create)
                  .on(InvokeRequest.class, this::invoke)
                  .on(ListFunctionsRequest.class, this::list)
                  .on(UntagResourceRequest.class, this::untag)
                  .on(
                      DeleteFunctionRequest.class,
                      r -> DeleteFunctionResponse.builder().statusCode(204).build())
                  .on(GetFunctionRequest.class, RestJsonProtocolTest::get)));
  private final LambdaClient lambda = gateway.client(LambdaClient.builder());

  @AfterEach
  void close() {
    lambda.close();
    gateway.close();
  }

  private CreateFunctionResponse create(CreateFunctionRequest request) {
    seen.add(request);
    return CreateFunctionResponse.builder()
        .functionName(request.functionName())
        .runtime(request.runtime())
        .timeout(request.timeout())
        .build();
  }

  private InvokeResponse invoke(InvokeRequest request) {
    seen.add(request);
    return InvokeResponse.builder()
        .statusCode(202)
        .functionError("Unhandled")
        .payload(request.payload())
        .build();
  }

  private ListFunctionsResponse list(ListFunctionsRequest request) {
    seen.add(request);
    return ListFunctionsResponse.builder().nextMarker("more").build();
  }

  private UntagResourceResponse untag(UntagResourceRequest request) {
    seen.add(request);
    return UntagResourceResponse.builder().build();
  }

  private static GetFunctionResponse get(GetFunctionRequest request) {
    throw AwsError.notFound(
        "ResourceNotFoundException", "Function not found: " + request.functionName());
  }

  @Test
  void readsAndWritesJsonBodies() {
    CreateFunctionRequest request =
        CreateFunctionRequest.builder()
            .functionName("f")
            .runtime(Runtime.JAVA17)
            .timeout(20)
            .code(c -> c.zipFile(SdkBytes.fromByteArray(new byte[] {1, 2, 3})))
            .environment(e -> e.variables(Map.of("AB", "c")))
            .build();
    CreateFunctionResponse response = lambda.createFunction(request);
    assertEquals(request, seen.get(0));
    assertEquals(20, response.timeout());
    assertEquals(201, response.sdkHttpResponse().statusCode());
  }

  @Test
  void carriesPathQueryHeadersAndPayload() {
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    InvokeRequest request =
        InvokeRequest.builder()
            .functionName(arn)
            .qualifier("live")
            .invocationType("Event")
            .payload(SdkBytes.fromUtf8String("[1]"))
            .build();
    InvokeResponse response = lambda.invoke(request);
    assertEquals(request, seen.get(0));
    assertEquals(202, response.statusCode());
    assertEquals("Unhandled", response.functionError());
    assertEquals("[1]", response.payload().asUtf8String());
  }

  @Test
  void readsQueryParametersAndLists() {
    assertEquals("more", lambda.listFunctions(r -> r.maxItems(3)).nextMarker());
    assertEquals(3, ((ListFunctionsRequest) seen.get(0)).maxItems());
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    lambda.untagResource(r -> r.resource(arn).tagKeys("a", "b c"));
    assertEquals(List.of("a", "b c"), ((UntagResourceRequest) seen.get(1)).tagKeys());
    assertEquals(arn, ((UntagResourceRequest) seen.get(1)).resource());
  }

  @Test
  void deletesWithoutABody() {
    assertEquals(
        204, lambda.deleteFunction(r -> r.functionName("f")).sdkHttpResponse().statusCode());
  }

  @Test
  void errorsAreTyped() {
    ResourceNotFoundException error =
        assertThrows(
            ResourceNotFoundException.class, () -> lambda.getFunction(r -> r.functionName("f")));
    assertEquals("Function not found: f", error.awsErrorDetails().errorMessage());
    assertEquals("User", error.type());
  }

  @Test
  void anOperationThatAwsHasFailsByName() {
    LambdaException error =
        assertThrows(
            LambdaException.class, () -> lambda.getFunctionConcurrency(r -> r.functionName("f")));
    assertEquals(501, error.statusCode());
    assertTrue(String.valueOf(error.getMessage()).contains("lambda:GetFunctionConcurrency"));
  }

  @Test
  void unsignedCallsAreRefused() throws Exception {
    URI uri = gateway.endpoint().resolve("/2015-03-31/functions/f");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(403, answer.statusCode());
    assertEquals(
        "MissingAuthenticationToken", answer.headers().firstValue("x-amzn-ErrorType").orElse(""));
  }

  /** SDKs correct their clocks by Date, and repeat what was refused when it is far off. */
  @Test
  void theDateIsRealAndTheCloudsTimeStandsBesideIt() throws Exception {
    URI uri = gateway.endpoint().resolve("/2015-03-31/functions/f");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(
        "Tue, 06 May 2031 07:08:09 GMT", answer.headers().firstValue("x-pipelab-time").orElse(""));
    Instant date =
        DateTimeFormatter.RFC_1123_DATE_TIME.parse(
            answer.headers().firstValue("Date").orElse(""), Instant::from);
    assertTrue(Duration.between(date, Instant.now()).abs().toMinutes() < 5, date.toString());
  }
}
