package io.pipelab.local.apigatewayv2;

import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.payload.EventV2;
import io.pipelab.local.payload.IncomingRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.Stage;

/**
 * What is known of one call: the {@code $context} variables of mappings and access logs. It belongs
 * to the thread that answers the call.
 */
final class CallContext {
  private static final SecureRandom RANDOM = new SecureRandom();

  final CloudIdentity identity;
  final String apiId;
  final Stage stage;
  final IncomingRequest request;
  final String requestId = newRequestId();
  final Instant time;
  private final Map<String, String> variables = new LinkedHashMap<>();

  CallContext(
      CloudIdentity identity, String apiId, Stage stage, IncomingRequest request, Instant time) {
    this.identity = identity;
    this.apiId = apiId;
    this.stage = stage;
    this.request = request;
    this.time = time;
    put("accountId", identity.account());
    put("apiId", apiId);
    put("domainName", domainName());
    put("domainPrefix", apiId);
    put("extendedRequestId", requestId);
    put("httpMethod", request.method());
    put("identity.sourceIp", request.sourceIp());
    put("identity.userAgent", request.userAgent());
    put("path", request.fullPath());
    put("protocol", request.protocol());
    put("requestId", requestId);
    put("requestTime", requestTime());
    put("requestTimeEpoch", Long.toString(time.toEpochMilli()));
    put("stage", stage.stageName());
  }

  /** Sets a variable; what is not known stays unset. */
  void put(String variable, @Nullable Object value) {
    if (value != null) {
      variables.put(variable, value.toString());
    }
  }

  @Nullable String get(String variable) {
    return variables.get(variable);
  }

  /** {@code 12/Mar/2020:19:03:58 +0000}. */
  String requestTime() {
    return EventV2.time(time);
  }

  String domainName() {
    return apiId + ".execute-api.localhost";
  }

  /** As HTTP APIs make them: {@code JKJaXmPLvHcESHA=}. */
  private static String newRequestId() {
    byte[] bytes = new byte[11];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
