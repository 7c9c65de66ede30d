package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** URLs of functions: who is let in, what the function sees, and what its caller gets. */
@Timeout(180)
final class FunctionUrlIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Shows its event, fails, or answers as it is told by the path. */
  private static final String HANDLER =
      """
      import java.util.*;

      public class Show {
        public Object handle(Map<String, Object> event) {
          String path = String.valueOf(event.get("rawPath"));
          if (path.equals("/fail")) {
            throw new IllegalStateException("told to");
          }
          if (path.equals("/teapot")) {
            return Map.of("statusCode", 418, "headers", Map.of("x-own", "1"), "body", "short",
                "cookies", List.of("a=1", "b=2"));
          }
          return event;
        }
      }
      """;

  private static final String FORBIDDEN =
      "{\"Message\":\"Forbidden. For troubleshooting Function URL authorization issues, see:"
          + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html\"}";

  private static TestCloud cloud;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    cloud = new TestCloud(directory);
    String role = cloud.role("r", "AWSLambdaBasicExecutionRole");
    var code = cloud.code("Show", HANDLER);
    for (String name : List.of("open", "signed", "half", "settings", "stacked")) {
      cloud.lambda.createFunction(
          r ->
              r.functionName(name)
                  .runtime("java17")
                  .handler("Show::handle")
                  .role(role)
                  .code(c -> c.zipFile(code)));
    }
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static String url(String function, FunctionUrlAuthType type) {
    return cloud
        .lambda
        .createFunctionUrlConfig(r -> r.functionName(function).authType(type))
        .functionUrl();
  }

  private static void permit(String function, FunctionUrlAuthType type) {
    cloud.lambda.addPermission(
        r ->
            r.functionName(function)
                .statementId("url")
                .principal("*")
                .action("lambda:InvokeFunctionUrl")
                .functionUrlAuthType(type));
    cloud.lambda.addPermission(
        r ->
            r.functionName(function)
                .statementId("via")
                .principal("*")
                .action("lambda:InvokeFunction")
                .invokedViaFunctionUrl(true));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  @Test
  void anOpenUrlShowsTheFunctionAnEventOfFormat2() throws Exception {
    String url = url("open", FunctionUrlAuthType.NONE);
    permit("open", FunctionUrlAuthType.NONE);

    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(url + "a%20b/c?x=1&x=2&y=%20z"))
                .header("X-One", "1")
                .header("X-One", "2")
                .header("Cookie", "a=1; b=2")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0, 1, 2})));

    assertEquals(200, response.statusCode(), response.body());
    JsonNode event = JSON.readTree(response.body());
    assertEquals("2.0", event.path("version").asText());
    assertEquals("$default", event.path("routeKey").asText());
    assertEquals("/a%20b/c", event.path("rawPath").asText());
    assertEquals("x=1&x=2&y=%20z", event.path("rawQueryString").asText());
    assertEquals("1,2", event.path("queryStringParameters").path("x").asText());
    assertEquals("1,2", event.path("headers").path("x-one").asText());
    assertEquals("[\"a=1\",\"b=2\"]", event.path("cookies").toString());
    assertEquals("AAEC", event.path("body").asText());
    assertTrue(event.path("isBase64Encoded").asBoolean());
    JsonNode context = event.path("requestContext");
    assertEquals("anonymous", context.path("accountId").asText());
    assertEquals("POST", context.path("http").path("method").asText());
    assertEquals("$default", context.path("stage").asText());
    assertTrue(url.contains(context.path("apiId").asText()));
    assertFalse(context.has("authorizer"));

    HttpResponse<String> teapot = get(url + "teapot");
    assertEquals(418, teapot.statusCode());
    assertEquals("short", teapot.body());
    assertEquals(List.of("a=1", "b=2"), teapot.headers().allValues("set-cookie"));
    HttpResponse<String> failed = get(url + "fail");
    assertEquals(502, failed.statusCode());
    assertEquals("Internal Server Error", failed.body());
  }

  @Test
  void aUrlTakesBothPermissions() throws Exception {
    String url = url("half", FunctionUrlAuthType.NONE);
    assertForbidden(get(url));
    permit("half", FunctionUrlAuthType.NONE);
    assertEquals(200, get(url).statusCode());
    for (String statement : List.of("url", "via")) {
      cloud.lambda.removePermission(r -> r.functionName("half").statementId(statement));
      assertForbidden(get(url));
      cloud.lambda.removePermission(
          r -> r.functionName("half").statementId(statement.equals("url") ? "via" : "url"));
      permit("half", FunctionUrlAuthType.NONE);
    }
    assertEquals(200, get(url).statusCode());
    assertEquals(List.of(), cloud.logged("half", "AccessDenied"));

    cloud.lambda.deleteFunctionUrlConfig(r -> r.functionName("half"));

    assertForbidden(get(url));
    assertThrows(
        ResourceNotFoundException.class,
        () -> cloud.lambda.getFunctionUrlConfig(r -> r.functionName("half")));
  }

  private static void assertForbidden(HttpResponse<String> response) {
    assertEquals(403, response.statusCode());
    assertEquals(FORBIDDEN, response.body());
    assertEquals(
        "AccessDeniedException", response.headers().firstValue("x-amzn-ErrorType").orElse(""));
  }

  @Test
  void aSignedUrlRefusesWhoDoesNotSign() throws Exception {
    String url = url("signed", FunctionUrlAuthType.AWS_IAM);
    permit("signed", FunctionUrlAuthType.AWS_IAM);

    assertForbidden(get(url));
    HttpResponse<String> signed = send(signed(url));

    assertEquals(200, signed.statusCode(), signed.body());
    JsonNode context = JSON.readTree(signed.body()).path("requestContext");
    assertEquals("000000000000", context.path("accountId").asText());
    assertEquals(
        "arn:aws:iam::000000000000:root",
        context.path("authorizer").path("iam").path("userArn").asText());
  }

  private static HttpRequest.Builder signed(String url) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder().uri(URI.create(url)).method(SdkHttpMethod.GET).build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(AwsBasicCredentials.create("tester", "secret"))
                        .request(plain)
                        .payload((ContentStreamProvider) null)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    signed
        .request()
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request;
  }

  @Test
  void aFunctionHasOneUrlWhoseSettingsChange() {
    FunctionUrlAuthType none = FunctionUrlAuthType.NONE;
    String url = url("settings", none);
    assertThrows(ResourceConflictException.class, () -> url("settings", none));
    LambdaException streamed =
        assertThrows(
            LambdaException.class,
            () ->
                cloud.lambda.createFunctionUrlConfig(
                    r -> r.functionName("settings").authType(none).invokeMode("RESPONSE_STREAM")));
    assertEquals("NotImplemented", streamed.awsErrorDetails().errorCode());

    cloud.lambda.updateFunctionUrlConfig(
        r -> r.functionName("settings").cors(c -> c.allowOrigins("https://page.example")));

    var config = cloud.lambda.getFunctionUrlConfig(r -> r.functionName("settings"));
    assertEquals(url, config.functionUrl());
    assertEquals(none, config.authType());
    assertEquals(List.of("https://page.example"), config.cors().allowOrigins());
    assertEquals(
        1,
        cloud
            .lambda
            .listFunctionUrlConfigs(r -> r.functionName("settings"))
            .functionUrlConfigs()
            .size());
    assertThrows(
        ResourceNotFoundException.class,
        () ->
            cloud.lambda.createFunctionUrlConfig(
                r -> r.functionName("settings").authType(none).qualifier("nowhere")));
  }

  @Test
  void aStackMakesAUrlWithItsPermissions() throws Exception {
    Stack stack =
        cloud.stack(
            "urls",
            """
            Resources:
              Url:
                Type: AWS::Lambda::Url
                Properties:
                  TargetFunctionArn: arn:aws:lambda:us-east-1:000000000000:function:stacked
                  AuthType: NONE
              CallUrl:
                Type: AWS::Lambda::Permission
                Properties:
                  FunctionName: stacked
                  Action: lambda:InvokeFunctionUrl
                  Principal: '*'
                  FunctionUrlAuthType: NONE
              CallFunction:
                Type: AWS::Lambda::Permission
                Properties:
                  FunctionName: stacked
                  Action: lambda:InvokeFunction
                  Principal: '*'
                  InvokedViaFunctionUrl: true
            Outputs:
              Url: {Value: !GetAtt Url.FunctionUrl}
              Function: {Value: !Ref Url}
            """);
    assertEquals("CREATE_COMPLETE", stack.stackStatusAsString(), stack.stackStatusReason());
    Map<String, String> outputs =
        stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));

    assertEquals(cloud.arn("lambda", "function:stacked"), outputs.get("Function"));
    assertEquals(200, get(outputs.get("Url")).statusCode());
    assertEquals("DELETE_COMPLETE", cloud.delete("urls").stackStatusAsString());
    assertThrows(
        ResourceNotFoundException.class,
        () -> cloud.lambda.getFunctionUrlConfig(r -> r.functionName("stacked")));
  }
}
