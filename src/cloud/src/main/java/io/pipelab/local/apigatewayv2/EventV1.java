package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.payload.BodyText;
import io.pipelab.local.payload.IncomingRequest;
import java.util.List;
import java.util.Map;

/** The event of payload format 1.0, as REST APIs have it: what is not there is null. */
final class EventV1 {
  private static final List<String> IDENTITY =
      List.of(
          "accessKey",
          "accountId",
          "caller",
          "cognitoAmr",
          "cognitoAuthenticationProvider",
          "cognitoAuthenticationType",
          "cognitoIdentityId",
          "cognitoIdentityPoolId",
          "principalOrgId");

  private EventV1() {}

  static ObjectNode of(CallContext context, RouteMatch route, ParameterMapping mapped) {
    IncomingRequest request = context.request;
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "1.0");
    event.put("resource", resource(route));
    event.put("path", mapped.path());
    event.put("httpMethod", request.method());
    values(event, "headers", "multiValueHeaders", mapped.headers());
    values(event, "queryStringParameters", "multiValueQueryStringParameters", mapped.query());
    event.set("requestContext", requestContext(context, route));
    texts(event, "pathParameters", route.parameters());
    texts(event, "stageVariables", context.stage.stageVariables());
    BodyText body = BodyText.of(request);
    event.put("body", body.text());
    return event.put("isBase64Encoded", body.base64());
  }

  private static String resource(RouteMatch route) {
    return route.key().isDefault() ? RouteKey.DEFAULT : route.key().path();
  }

  /** Of several values the last one stands alone, all of them stand in the list. */
  private static void values(
      ObjectNode event, String single, String multiple, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(single);
      event.putNull(multiple);
      return;
    }
    ObjectNode last = event.putObject(single);
    ObjectNode all = event.putObject(multiple);
    values.forEach(
        (name, each) -> {
          last.put(name, each.get(each.size() - 1));
          ArrayNode list = all.putArray(name);
          each.forEach(list::add);
        });
  }

  private static void texts(ObjectNode event, String member, Map<String, String> texts) {
    if (texts.isEmpty()) {
      event.putNull(member);
    } else {
      texts.forEach(event.putObject(member)::put);
    }
  }

  private static ObjectNode requestContext(CallContext context, RouteMatch route) {
    IncomingRequest request = context.request;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("accountId", context.identity.account());
    node.put("apiId", context.apiId);
    node.put("domainName", context.domainName());
    node.put("domainPrefix", context.apiId);
    node.put("extendedRequestId", context.requestId);
    node.put("httpMethod", request.method());
    ObjectNode identity = node.putObject("identity");
    IDENTITY.forEach(identity::putNull);
    identity.put("sourceIp", request.sourceIp());
    identity.putNull("user");
    identity.put("userAgent", request.userAgent());
    identity.putNull("userArn");
    node.put("path", request.fullPath());
    node.put("protocol", request.protocol());
    node.put("requestId", context.requestId);
    node.put("requestTime", context.requestTime());
    node.put("requestTimeEpoch", context.time.toEpochMilli());
    node.put("resourceId", route.key().text());
    node.put("resourcePath", resource(route));
    return node.put("stage", context.stage.stageName());
  }
}
