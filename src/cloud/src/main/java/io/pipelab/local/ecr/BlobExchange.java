package io.pipelab.local.ecr;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** HEAD and GET of {@code /v2/NAME/blobs/DIGEST}. */
final class BlobExchange {
  private final BlobStore blobs;

  BlobExchange(BlobStore blobs) {
    this.blobs = blobs;
  }

  void handle(HttpCall call, RegistryRoute route) throws IOException {
    boolean head = call.method().equals("HEAD");
    if (!head && !call.method().equals("GET")) {
      throw RegistryEndpoint.unsupported(call);
    }
    String digest = route.reference();
    if (!Digests.isDigest(digest)) {
      throw AwsError.badRequest("DIGEST_INVALID", "'" + digest + "' is not a sha256 digest");
    }
    if (!blobs.has(route.name(), digest)) {
      throw AwsError.notFound("BLOB_UNKNOWN", "blob unknown to registry: " + digest);
    }
    Map<String, String> headers = new HashMap<>(RegistryEndpoint.standardHeaders());
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Docker-Content-Digest", digest);
    try (OutputStream out = call.respond(200, headers, blobs.size(digest))) {
      if (!head) {
        Files.copy(blobs.file(digest), out);
      }
    }
  }
}
