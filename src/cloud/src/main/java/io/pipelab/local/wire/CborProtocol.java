package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** Smithy RPC v2 CBOR: the action in the path, CBOR both ways. */
final class CborProtocol implements Protocol {
  private static final CborBodies BODIES =
      new CborBodies(PojoReader.Times.SECONDS, at -> at.toEpochMilli() / 1000.0);

  @Override
  public String asked(WireRequest request) {
    String path = request.call().rawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public Decoded decode(WireRequest request, ServiceTable table) throws IOException {
    Operation operation = Protocol.named(table, asked(request));
    SdkPojo builder = operation.newBuilder();
    if (request.body().length > 0) {
      BODIES.read(request.body(), builder);
    }
    return new Decoded(operation, (SdkPojo) ((Buildable) builder).build());
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
    return Answer.of(status, "application/cbor", BODIES.write(tree))
        .with("smithy-protocol", "rpc-v2-cbor");
  }
}
