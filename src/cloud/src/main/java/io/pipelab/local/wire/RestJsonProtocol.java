package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** REST-JSON: the action is method and path; members go in path, query, headers and JSON body. */
final class RestJsonProtocol implements Protocol {
  private static final String JSON = "application/json";

  @Override
  public String asked(WireRequest request) {
    return request.call().method() + " " + request.call().rawPath();
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) throws IOException {
    String method = request.call().method();
    String path = request.call().rawPath();
    String query = request.call().rawQuery();
    ServiceTable.Match match =
        table.byRoute(method, path, query).orElseThrow(() -> unknown(request, table));
    SdkPojo builder = match.operation().newBuilder();
    body(request.body(), builder);
    HttpMembers.fill(request.call(), match.labels(), builder);
    return new Decoded(match.operation(), (SdkPojo) ((Buildable) builder).build());
  }

  private AwsError unknown(WireRequest request, ServiceTable table) {
    String known =
        table.nameOfRoute(
            request.call().method(), request.call().rawPath(), request.call().rawQuery());
    return known == null
        ? AwsError.notFound("UnknownOperationException", "No operation at " + asked(request) + ".")
        : AwsError.notImplemented(table.iamName(known));
  }

  /** One member may be the whole body; otherwise the body is an object of the payload members. */
  private static void body(byte[] body, SdkPojo builder) throws IOException {
    SdkField<?> payload = payloadMember(builder);
    if (payload == null) {
      boolean members =
          builder.sdkFields().stream()
              .anyMatch(field -> field.location() == MarshallLocation.PAYLOAD);
      if (members && body.length > 0) {
        JsonProtocol.parse(body, reader -> reader.fill(builder));
      }
    } else if (payload.marshallingType() == MarshallingType.SDK_BYTES) {
      payload.set(builder, SdkBytes.fromByteArrayUnsafe(body));
    } else if (payload.marshallingType() == MarshallingType.STRING) {
      payload.set(builder, new String(body, StandardCharsets.UTF_8));
    } else if (body.length > 0) {
      JsonProtocol.parse(body, reader -> reader.fillMember(payload, builder));
    }
  }

  private static @Nullable SdkField<?> payloadMember(SdkPojo pojo) {
    for (SdkField<?> field : pojo.sdkFields()) {
      if (field.containsTrait(PayloadTrait.class)) {
        return field;
      }
    }
    return null;
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id)
      throws IOException {
    int status = SuccessStatus.of(operation.name());
    if (response == null) {
      return new Answer(status, Map.of(), new byte[0]);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON);
    headers.putAll(HttpMembers.headers(response));
    for (SdkField<?> field : response.sdkFields()) {
      if (field.location() == MarshallLocation.STATUS_CODE
          && field.getValueOrDefault(response) instanceof Integer code) {
        status = code;
      }
    }
    byte[] body = status == 204 ? new byte[0] : payload(response);
    return new Answer(status, headers, body);
  }

  private static byte[] payload(SdkPojo response) throws IOException {
    SdkField<?> payload = payloadMember(response);
    if (payload == null) {
      return JsonProtocol.MAPPER.writeValueAsBytes(Pojos.tree(response));
    }
    Object value = payload.getValueOrDefault(response);
    if (value == null) {
      return new byte[0];
    } else if (value instanceof SdkBytes bytes) {
      return bytes.asByteArray();
    } else if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return JsonProtocol.MAPPER.writeValueAsBytes(Pojos.tree(response).get(payload.locationName()));
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id)
      throws IOException {
    ObjectNode body = JsonProtocol.empty();
    body.setAll(fault.members());
    if (service.equals("lambda")) {
      body.put("Type", fault.sender() ? "User" : "Service");
      body.put("Message", fault.message());
    }
    body.put("message", fault.message());
    return Answer.of(fault.status(), JSON, JsonProtocol.MAPPER.writeValueAsBytes(body))
        .with("x-amzn-ErrorType", fault.code());
  }
}
