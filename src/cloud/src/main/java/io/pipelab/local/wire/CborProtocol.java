package io.pipelab.local.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** Smithy RPC v2 CBOR: the action in the path, CBOR both ways. */
final class CborProtocol implements Protocol {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(CBORFactory.builder().streamReadConstraints(PojoReader.LIMITS).build())
          .registerModule(new SimpleModule().addSerializer(Instant.class, new Timestamps()));

  /** A timestamp is tag 1, epoch seconds. */
  private static final class Timestamps extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    Timestamps() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ((CBORGenerator) out).writeTag(1);
      out.writeNumber(value.toEpochMilli() / 1000.0);
    }
  }

  @Override
  public String asked(WireRequest request) {
    String path = request.call().rawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) throws IOException {
    String action = asked(request);
    Operation operation =
        Protocol.named(
            table, action, "UnknownOperationException", "Unknown operation " + action + ".");
    SdkPojo builder = operation.newBuilder();
    if (request.body().length > 0) {
      parse(request.body(), builder);
    }
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
  }

  private static void parse(byte[] body, SdkPojo builder) throws IOException {
    CborHeads.check(body);
    try (JsonParser in = MAPPER.createParser(body)) {
      new PojoReader(in, MAPPER).fill(builder);
    } catch (JsonProcessingException e) {
      throw AwsError.badRequest(
          "SerializationException", "The body is not valid CBOR: " + e.getOriginalMessage());
    }
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id)
      throws IOException {
    ObjectNode tree =
        response == null ? JsonProtocol.empty() : PojoWriter.tree(response, PojoWriter.Times.TYPED);
    return answer(200, tree);
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id)
      throws IOException {
    return JsonProtocol.withQueryError(
        answer(fault.status(), JsonProtocol.error(service, fault)), service, fault);
  }

  private static Answer answer(int status, ObjectNode tree) throws IOException {
    return Answer.of(status, "application/cbor", MAPPER.writeValueAsBytes(tree))
        .with("smithy-protocol", "rpc-v2-cbor");
  }
}
