package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The event of payload format 2.0: what is not there is left out. */
final class EventV2 {
  private EventV2() {}

  static ObjectNode of(CallContext context, RouteMatch route, ParameterMapping mapped) {
    IncomingRequest request = context.request;
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "2.0");
    event.put("routeKey", route.key().text());
    event.put("rawPath", mapped.path());
    event.put("rawQueryString", rawQuery(request, mapped));
    Map<String, String> headers = new TreeMap<>();
    List<String> cookies = new ArrayList<>();
    mapped
        .headers()
        .forEach(
            (name, values) -> {
              if (name.equalsIgnoreCase("Cookie")) {
                values.forEach(each -> cookies.addAll(List.of(each.split(";\\s*"))));
              } else {
                headers.merge(
                    name.toLowerCase(Locale.ROOT),
                    String.join(",", values),
                    (one, other) -> one + "," + other);
              }
            });
    if (!cookies.isEmpty()) {
      cookies.forEach(event.putArray("cookies")::add);
    }
    headers.forEach(event.putObject("headers")::put);
    if (!mapped.query().isEmpty()) {
      ObjectNode query = event.putObject("queryStringParameters");
      mapped.query().forEach((name, values) -> query.put(name, String.join(",", values)));
    }
    event.set("requestContext", requestContext(context, route));
    if (!route.parameters().isEmpty()) {
      route.parameters().forEach(event.putObject("pathParameters")::put);
    }
    if (!context.stage.stageVariables().isEmpty()) {
      context.stage.stageVariables().forEach(event.putObject("stageVariables")::put);
    }
    BodyText body = BodyText.of(request);
    if (body.text() != null) {
      event.put("body", body.text());
    }
    return event.put("isBase64Encoded", body.base64());
  }

  /** As it was sent, unless a mapping changed it. */
  private static String rawQuery(IncomingRequest request, ParameterMapping mapped) {
    return mapped.query().equals(QueryString.parse(request.rawQuery()))
        ? request.rawQuery()
        : QueryString.format(mapped.query());
  }

  private static ObjectNode requestContext(CallContext context, RouteMatch route) {
    IncomingRequest request = context.request;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("accountId", context.identity.account());
    node.put("apiId", context.apiId);
    node.put("domainName", context.domainName());
    node.put("domainPrefix", context.apiId);
    node.putObject("http")
        .put("method", request.method())
        .put("path", request.fullPath())
        .put("protocol", request.protocol())
        .put("sourceIp", request.sourceIp())
        .put("userAgent", request.userAgent());
    node.put("requestId", context.requestId);
    node.put("routeKey", route.key().text());
    node.put("stage", context.stage.stageName());
    node.put("time", context.requestTime());
    return node.put("timeEpoch", context.time.toEpochMilli());
  }
}
