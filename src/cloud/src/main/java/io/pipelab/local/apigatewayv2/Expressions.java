package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.payload.IncomingRequest;
import io.pipelab.local.payload.QueryString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of parameter mappings: plain text, {@code $request.header.name}, {@code
 * $request.querystring.name}, {@code $request.body.name}, {@code $request.path}, {@code
 * $request.path.name}, {@code $context.name}, {@code $stageVariables.name}, and texts with several
 * of them in braces.
 */
final class Expressions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\$\\{((?:request|context|stageVariables)\\.[^}]+)\\}"
              + "|\\$((?:request|context|stageVariables)\\.[A-Za-z0-9_.\\-]+)");

  private static final Pattern KNOWN =
      Pattern.compile(
          "request\\.(header|querystring|path|body)\\..+|request\\.path"
              + "|context\\..+|stageVariables\\..+");

  private Expressions() {}

  /**
   * Refuses an expression that nothing would resolve.
   *
   * @throws io.pipelab.local.kernel.AwsError BadRequestException
   */
  static void check(String text) {
    Matcher found = EXPRESSION.matcher(text);
    while (found.find()) {
      if (!KNOWN.matcher(name(found)).matches()) {
        throw Refusal.badRequest("Invalid mapping expression specified: " + text);
      }
    }
  }

  private static String name(Matcher found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  /** The text with its expressions resolved; null when one of them stands for nothing. */
  static @Nullable String resolve(String text, CallContext context, RouteMatch route) {
    StringBuilder resolved = new StringBuilder();
    Matcher found = EXPRESSION.matcher(text);
    int from = 0;
    while (found.find()) {
      String value = value(name(found), context, route);
      if (value == null) {
        return null;
      }
      resolved.append(text, from, found.start()).append(value);
      from = found.end();
    }
    return resolved.append(text.substring(from)).toString();
  }

  private static @Nullable String value(String name, CallContext context, RouteMatch route) {
    IncomingRequest request = context.request;
    if (name.equals("request.path")) {
      return RouteKey.decode(request.path());
    }
    int dot = name.indexOf('.', name.startsWith("request.") ? "request.".length() : 0);
    String source = name.substring(0, dot);
    String key = name.substring(dot + 1);
    return switch (source) {
      case "request.header" -> joined(request.header(key));
      case "request.querystring" ->
          joined(QueryString.parse(request.rawQuery()).getOrDefault(key, List.of()));
      case "request.path" -> route.parameters().get(key);
      case "request.body" -> fromBody(request.body(), key);
      case "context" -> context.get(key);
      default -> variables(context).get(key);
    };
  }

  private static Map<String, String> variables(CallContext context) {
    return context.stage.stageVariables();
  }

  private static @Nullable String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(",", values);
  }

  /** A member of a JSON body, named from its top by dots; nothing of a body that is not JSON. */
  private static @Nullable String fromBody(byte[] body, String path) {
    try {
      JsonNode node = JSON.readTree(body);
      for (String member : path.split("\\.")) {
        node = node.path(member);
      }
      return node.isMissingNode() || node.isNull()
          ? null
          : node.isValueNode() ? node.asText() : node.toString();
    } catch (IOException e) {
      return null;
    }
  }
}
