package io.pipelab.local.payload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event of payload format 2.0: what is not there is left out (Lambda Developer Guide, "Request
 * and response payloads" of function URLs; API Gateway, "Lambda proxy integrations for HTTP APIs").
 *
 * @param apiId the API's id, or the URL's
 */
public record EventV2(
    String accountId,
    String apiId,
    String domainName,
    String requestId,
    String routeKey,
    String stage,
    Instant time) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  /** {@code 12/Mar/2020:19:03:58 +0000}. */
  public static String time(Instant time) {
    return TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /**
   * The event of a request, with what a front made of its path, headers and query.
   *
   * @param rawQuery as it was sent, unless the front changed it
   */
  public ObjectNode of(
      IncomingRequest request,
      String rawPath,
      String rawQuery,
      Map<String, List<String>> headers,
      Map<String, List<String>> query) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "2.0");
    event.put("routeKey", routeKey);
    event.put("rawPath", rawPath);
    event.put("rawQueryString", rawQuery);
    headers(event, headers);
    if (!query.isEmpty()) {
      ObjectNode parameters = event.putObject("queryStringParameters");
      query.forEach((name, values) -> parameters.put(name, String.join(",", values)));
    }
    event.set("requestContext", requestContext(request));
    BodyText body = BodyText.of(request);
    if (body.text() != null) {
      event.put("body", body.text());
    }
    return event.put("isBase64Encoded", body.base64());
  }

  /** Names in lower case, several values joined; cookies have a list of their own. */
  private static void headers(ObjectNode event, Map<String, List<String>> given) {
    Map<String, String> headers = new TreeMap<>();
    List<String> cookies = new ArrayList<>();
    given.forEach(
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
  }

  private ObjectNode requestContext(IncomingRequest request) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("accountId", accountId);
    node.put("apiId", apiId);
    node.put("domainName", domainName);
    node.put("domainPrefix", apiId);
    node.putObject("http")
        .put("method", request.method())
        .put("path", request.fullPath())
        .put("protocol", request.protocol())
        .put("sourceIp", request.sourceIp())
        .put("userAgent", request.userAgent());
    node.put("requestId", requestId);
    node.put("routeKey", routeKey);
    node.put("stage", stage);
    node.put("time", time(time));
    return node.put("timeEpoch", time.toEpochMilli());
  }
}
