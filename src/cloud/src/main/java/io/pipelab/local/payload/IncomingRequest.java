package io.pipelab.local.payload;

import io.pipelab.local.kernel.HttpCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's request as a front of AWS hands it on to a function: an HTTP API, or a function URL.
 *
 * @param path as it was sent, without the stage
 * @param fullPath decoded, with the stage as far as the client named it: HTTP APIs hand paths on
 *     decoded
 * @param rawQuery as it was sent, without the question mark; empty when there is none
 * @param headers by the names as they were sent, without those of the connection
 */
public record IncomingRequest(
    String method,
    String path,
    String fullPath,
    String rawQuery,
    Map<String, List<String>> headers,
    byte[] body) {

  /** Only loopback is listened on. */
  private static final String CLIENT = "127.0.0.1";

  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect");

  /** Reads a call whose path was taken apart by the front that it came to. */
  public static IncomingRequest of(
      HttpCall call, String path, String fullPath, byte[] body, Instant now) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    call.headers()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, List.copyOf(values));
              }
            });
    String query = call.rawQuery();
    return new IncomingRequest(
        call.method(), path, fullPath, query == null ? "" : query, forwarded(headers, now), body);
  }

  /** What AWS's front adds. */
  private static Map<String, List<String>> forwarded(
      Map<String, List<String>> headers, Instant now) {
    List<String> clients = new ArrayList<>();
    String host = null;
    for (Map.Entry<String, List<String>> each : headers.entrySet()) {
      if (each.getKey().equalsIgnoreCase("X-Forwarded-For")) {
        clients.addAll(each.getValue());
      } else if (each.getKey().equalsIgnoreCase("Host")) {
        host = each.getValue().get(0);
      }
    }
    clients.add(CLIENT);
    headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded-"));
    headers.put("X-Forwarded-For", List.of(String.join(", ", clients)));
    int colon = host == null ? -1 : host.lastIndexOf(':');
    headers.put(
        "X-Forwarded-Port", List.of(colon < 0 || host == null ? "80" : host.substring(colon + 1)));
    headers.put("X-Forwarded-Proto", List.of("http"));
    if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("X-Amzn-Trace-Id"))) {
      headers.put("X-Amzn-Trace-Id", List.of(traceId(UUID.randomUUID(), now)));
    }
    return headers;
  }

  /** {@code Root=1-5759e988-bd862e3fe1be46a994272793}: seconds and 96 random bits, in hex. */
  private static String traceId(UUID random, Instant now) {
    String bits = random.toString().replace("-", "").substring(0, 24);
    return String.format(Locale.ROOT, "Root=1-%08x-%s", now.getEpochSecond(), bits);
  }

  /** All values of a header, whose name's case does not matter; empty when there is none. */
  public List<String> header(String name) {
    for (Map.Entry<String, List<String>> each : headers.entrySet()) {
      if (each.getKey().equalsIgnoreCase(name)) {
        return each.getValue();
      }
    }
    return List.of();
  }

  /** The first value of a header, or null. */
  public @Nullable String firstHeader(String name) {
    List<String> values = header(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** Empty when the client names none. */
  public String userAgent() {
    String agent = firstHeader("User-Agent");
    return agent == null ? "" : agent;
  }

  /** The client's address. */
  public String sourceIp() {
    return CLIENT;
  }

  /** {@code HTTP/1.1}. */
  public String protocol() {
    return "HTTP/1.1";
  }
}
