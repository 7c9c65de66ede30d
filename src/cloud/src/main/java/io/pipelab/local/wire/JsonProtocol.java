package io.pipelab.local.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** AWS JSON 1.0 and 1.1: the action in X-Amz-Target, JSON both ways. */
final class JsonProtocol implements Protocol {
  static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(PojoReader.LIMITS).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Override
  public String asked(WireRequest request) {
    String target = String.valueOf(request.header("X-Amz-Target"));
    return target.substring(target.lastIndexOf('.') + 1);
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) throws IOException {
    Operation operation = Protocol.named(table, asked(request));
    SdkPojo builder = operation.newBuilder();
    parse(request.body(), reader -> reader.fill(builder));
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id)
      throws IOException {
    ObjectNode tree = response == null ? empty() : Pojos.tree(response);
    return Answer.of(200, contentType(request), MAPPER.writeValueAsBytes(tree));
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id)
      throws IOException {
    ObjectNode body = error(service, fault);
    return withQueryError(
        Answer.of(fault.status(), contentType(request), MAPPER.writeValueAsBytes(body))
            .with("x-amzn-ErrorType", FaultCodes.header(service, fault.code())),
        service,
        fault);
  }

  /** The body of an error in JSON or CBOR. */
  static ObjectNode error(String service, Fault fault) {
    ObjectNode body = empty();
    body.put("__type", FaultCodes.type(service, fault.code()));
    body.setAll(fault.members());
    body.remove("Message");
    body.put("message", fault.message());
    return body;
  }

  /** The header from which clients of the services that once spoke Query read the old code. */
  static Answer withQueryError(Answer answer, String service, Fault fault) {
    if (!FaultCodes.queryCompatible(service)) {
      return answer;
    }
    String code = FaultCodes.query(service, fault.code());
    return answer.with("x-amzn-query-error", code + (fault.sender() ? ";Sender" : ";Receiver"));
  }

  /** What reads a body. */
  interface Reading {
    void read(PojoReader reader) throws IOException;
  }

  /**
   * Reads a body; an empty one is as good as an empty object.
   *
   * @throws AwsError SerializationException
   */
  static void parse(byte[] body, Reading reading) throws IOException {
    try (JsonParser in = MAPPER.createParser(body)) {
      reading.read(new PojoReader(in, MAPPER, PojoReader.Times.SECONDS));
    } catch (JsonProcessingException e) {
      throw AwsError.badRequest(
          "SerializationException", "The body is not valid JSON: " + e.getOriginalMessage());
    }
  }

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String contentType(WireRequest request) {
    return request.hasContentType("application/x-amz-json-1.1")
        ? "application/x-amz-json-1.1"
        : "application/x-amz-json-1.0";
  }
}
