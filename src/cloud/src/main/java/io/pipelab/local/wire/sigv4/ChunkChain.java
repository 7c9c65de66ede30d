package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.ChunkSignatures;

/** The chain of signatures that begins with that of the request's head. */
final class ChunkChain implements ChunkSignatures {
  private final SigningKey key;
  private final Authorization head;
  private String previous;

  ChunkChain(SigningKey key, Authorization head) {
    this.key = key;
    this.head = head;
    this.previous = head.signature();
  }

  @Override
  public void chunk(String signature, String sha256) {
    link(signature, Authorization.ALGORITHM + "-PAYLOAD", SigningKey.sha256(new byte[0]), sha256);
  }

  @Override
  public void trailers(String signature, String sha256) {
    link(signature, Authorization.ALGORITHM + "-TRAILER", sha256);
  }

  private void link(String signature, String kind, String... hashes) {
    String text =
        String.join("\n", kind, head.timestamp(), head.scope().text(), previous)
            + "\n"
            + String.join("\n", hashes);
    String expected = key.sign(text);
    SignatureCheck.require(expected, signature);
    previous = expected;
  }
}
