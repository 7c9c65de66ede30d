package io.pipelab.functions.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Who a function is, for whoever may invoke it: a request {@code GetCallerIdentity} that it signs
 * and the caller sends. The function itself has no way to STS in its VPC. STS takes such a request
 * for fifteen minutes; it says who signed it and lets nobody do anything else.
 */
final class SignedIdentity {
  private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

  private final AwsCredentialsProvider credentials;
  private final String region;
  private final URI endpoint;

  SignedIdentity(AwsCredentialsProvider credentials, String region, URI endpoint) {
    this.credentials = credentials;
    this.region = region;
    this.endpoint = endpoint;
  }

  static SignedIdentity ofEnvironment() {
    String region = Environment.required("AWS_REGION");
    return new SignedIdentity(
        EnvironmentVariableCredentialsProvider.create(),
        region,
        endpoint(System.getenv("AWS_ENDPOINT_URL"), region));
  }

  static URI endpoint(@Nullable String given, String region) {
    String suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return URI.create(given == null ? "https://sts." + region + "." + suffix : given);
  }

  /**
   * Whether an event asks for it. One that came by a URL or off a queue never does: Lambda puts
   * {@code requestContext} and {@code Records} there, and no caller can take them out.
   */
  static boolean isAskedBy(JsonNode event) {
    return event.path("identify").asBoolean()
        && !event.has("requestContext")
        && !event.has("Records");
  }

  /** {@code {"url", "headers": {...}, "body"}}, to be sent by POST. */
  ObjectNode answer() {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(endpoint)
            .encodedPath("/")
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(BODY))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("url", signed.request().getUri().toString());
    ObjectNode headers = answer.putObject("headers");
    for (Map.Entry<String, List<String>> each : signed.request().headers().entrySet()) {
      headers.put(each.getKey(), String.join(",", each.getValue()));
    }
    return answer.put("body", BODY);
  }
}
