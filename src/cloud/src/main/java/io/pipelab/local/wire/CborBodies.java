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
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;

/** Bodies in CBOR. A timestamp is tag 1 with a number; what it counts is the protocol's affair. */
final class CborBodies {
  private final ObjectMapper mapper;
  private final PojoReader.Times times;

  /**
   * @param times what a number says that is a time
   * @param number how a time is written
   */
  CborBodies(PojoReader.Times times, Function<Instant, Number> number) {
    this.times = times;
    this.mapper =
        new ObjectMapper(CBORFactory.builder().streamReadConstraints(PojoReader.LIMITS).build())
            .registerModule(
                new SimpleModule().addSerializer(Instant.class, new TimeWriter(number)));
  }

  private static final class TimeWriter extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    private final transient Function<Instant, Number> number;

    TimeWriter(Function<Instant, Number> number) {
      super(Instant.class);
      this.number = number;
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ((CBORGenerator) out).writeTag(1);
      Number written = number.apply(value);
      if (written instanceof Long whole) {
        out.writeNumber(whole);
      } else {
        out.writeNumber(written.doubleValue());
      }
    }
  }

  /**
   * Reads a body; an empty one says nothing.
   *
   * @throws AwsError SerializationException
   */
  void read(byte[] body, SdkPojo builder) throws IOException {
    CborHeads.check(body);
    try (JsonParser in = mapper.createParser(body)) {
      new PojoReader(in, mapper, times).fill(builder);
    } catch (JsonProcessingException e) {
      throw AwsError.badRequest(
          "SerializationException", "The body is not valid CBOR: " + e.getOriginalMessage());
    }
  }

  byte[] write(ObjectNode tree) throws IOException {
    return mapper.writeValueAsBytes(tree);
  }
}
