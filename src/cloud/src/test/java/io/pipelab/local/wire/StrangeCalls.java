package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.declared.Declarations;
import io.pipelab.local.declared.Member;
import io.pipelab.local.kernel.AwsService;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.PayloadTrait;

/** Calls of every action that a service implements, made from strange values. */
public final class StrangeCalls {
  private static final Set<String> JSON =
      Set.of("sqs", "dynamodb", "ecs", "ecr", "logs", "events", "kinesis", "ssm", "secretsmanager");
  private static final Set<String> REST = Set.of("lambda", "apigateway", "access-analyzer", "s3");

  /** One call with its action's name. */
  public record Call(String action, HttpRequest request) {}

  private final URI endpoint;
  private final Strange values;

  public StrangeCalls(URI endpoint, Strange values) {
    this.endpoint = endpoint;
    this.values = values;
  }

  /** A call of each action. */
  public List<Call> of(AwsService service) {
    List<Call> calls = new ArrayList<>();
    service
        .actions()
        .byRequest()
        .forEach(
            (type, action) -> {
              Operation operation = Operation.of(type, action);
              String name = service.signingName() + ":" + operation.name() + " " + values;
              if (MissingMembers.required(service.signingName(), operation.name()) == null) {
                throw new IllegalStateException("required-members.txt lacks " + name);
              }
              Map<String, Member> declared =
                  Declarations.beside(service.getClass())
                      .flatMap(each -> each.of(operation.name()))
                      .orElseThrow()
                      .members();
              ObjectNode members = values.members(operation.newBuilder(), declared);
              calls.add(new Call(name, call(service.signingName(), operation, members)));
            });
    return calls;
  }

  private HttpRequest call(String service, Operation operation, ObjectNode members) {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    request.header(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=tester/20310506/us-east-1/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature=0");
    if (REST.contains(service)) {
      return rest(request, service, operation, members).build();
    }
    request.uri(endpoint.resolve("/"));
    if (JSON.contains(service)) {
      return request
          .header("Content-Type", "application/x-amz-json-1.0")
          .header("X-Amz-Target", operation.info().operationIdentifier())
          .POST(BodyPublishers.ofString(members.toString()))
          .build();
    }
    StringBuilder form = new StringBuilder("Action=" + operation.name());
    flatten(service.equals("ec2"), "", members, form);
    return request
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form.toString()))
        .build();
  }

  private HttpRequest.Builder rest(
      HttpRequest.Builder request, String service, Operation operation, ObjectNode members) {
    String uri = operation.info().requestUri();
    boolean s3 = service.equals("s3");
    String path =
        s3 && !uri.startsWith("/?") && !operation.name().equals("ListBuckets")
            ? "/fuzz" + uri.replace("{Bucket}", "fuzz")
            : uri;
    StringBuilder query = new StringBuilder();
    ObjectNode body = JsonProtocol.empty();
    for (SdkField<?> field : operation.newBuilder().sdkFields()) {
      JsonNode value = members.get(field.locationName());
      switch (field.location()) {
        case PATH, GREEDY_PATH ->
            path = path.replaceAll("\\{" + field.locationName() + "\\+?}", "fuzz");
        case QUERY_PARAM -> {
          if (value != null && value.isValueNode()) {
            query
                .append('&')
                .append(field.locationName())
                .append('=')
                .append(coded(value.asText()));
          }
        }
        case HEADER -> {
          if (value != null && value.isValueNode() && !value.asText().isEmpty()) {
            header(request, field.locationName(), value.asText());
          }
        }
        default -> {
          if (value != null) {
            body.set(field.locationName(), value);
          }
        }
      }
    }
    String join = path.contains("?") ? "" : "?";
    request.uri(endpoint.resolve(path + join + query));
    String content = s3 ? xml(operation) : payload(operation, body);
    return request.method(operation.info().httpMethod().name(), BodyPublishers.ofString(content));
  }

  private static void header(HttpRequest.Builder request, String name, String value) {
    if (!Set.of("content-length", "expect").contains(name.toLowerCase(java.util.Locale.ROOT))) {
      request.header(name, value);
    }
  }

  private static String payload(Operation operation, ObjectNode body) {
    for (SdkField<?> field : operation.newBuilder().sdkFields()) {
      if (field.containsTrait(PayloadTrait.class)) {
        return String.valueOf(body.path(field.locationName()));
      }
    }
    return body.toString();
  }

  private String xml(Operation operation) {
    boolean body =
        operation.newBuilder().sdkFields().stream()
            .anyMatch(field -> field.location() == MarshallLocation.PAYLOAD);
    return !body || values == Strange.NOTHING ? "" : "<A><B>" + values.name() + "</B></A>";
  }

  private static void flatten(boolean ec2, String name, JsonNode node, StringBuilder form) {
    if (node.isObject()) {
      int index = 1;
      for (Map.Entry<String, JsonNode> each : node.properties()) {
        flatten(ec2, name + each.getKey() + ".", each.getValue(), form);
        flatten(ec2, name + "entry." + index + ".value.", each.getValue(), form);
        index++;
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(ec2, name + (ec2 ? "" : "member.") + (i + 1) + ".", node.get(i), form);
      }
    } else {
      String key = name.substring(0, name.length() - 1);
      form.append('&').append(coded(key)).append('=').append(coded(node.asText()));
    }
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
