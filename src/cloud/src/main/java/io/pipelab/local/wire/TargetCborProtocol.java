package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * AWS JSON 1.1 with CBOR in the place of JSON, which AWS's SDK for Java sends to Kinesis: the
 * action in X-Amz-Target, times in milliseconds.
 */
final class TargetCborProtocol implements Protocol {
  static final String CONTENT_TYPE = "application/x-amz-cbor-1.1";

  private static final CborBodies BODIES =
      new CborBodies(PojoReader.Times.MILLIS, Instant::toEpochMilli);

  private final JsonProtocol json = new JsonProtocol();

  @Override
  public String asked(WireRequest request) {
    return json.asked(request);
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) throws IOException {
    Operation operation = Protocol.named(table, asked(request));
    SdkPojo builder = operation.newBuilder();
    BODIES.read(request.body(), builder);
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
  }

  @Override
  public Answer encode(
      WireRequest request, Operation operation, @Nullable SdkPojo response, String id)
      throws IOException {
    ObjectNode tree =
        response == null ? JsonProtocol.empty() : PojoWriter.tree(response, PojoWriter.Times.TYPED);
    return Answer.of(200, CONTENT_TYPE, BODIES.write(tree));
  }

  @Override
  public Answer encode(WireRequest request, String service, Fault fault, String id)
      throws IOException {
    return Answer.of(fault.status(), CONTENT_TYPE, BODIES.write(JsonProtocol.error(service, fault)))
        .with("x-amzn-ErrorType", FaultCodes.header(service, fault.code()));
  }
}
