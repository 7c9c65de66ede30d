package io.pipelab.local.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange of the gateway, for the parts that speak HTTP themselves (S3, the registry, the
 * Runtime API).
 */
public interface HttpCall {
  String method();

  /** The path as it was sent, percent-encoded. */
  String rawPath();

  /** The query string as it was sent, without the question mark, or null. */
  @Nullable String rawQuery();

  /** The first header of that name, in any case, or null. */
  @Nullable String header(String name);

  Map<String, List<String>> headers();

  /**
   * The service in the signature's credential scope (header or presigned query), or null when
   * unsigned.
   */
  @Nullable String signingName();

  /**
   * Who makes the call.
   *
   * @throws AwsError when the signature is not right, in the words of the service
   */
  Caller caller();

  /**
   * The signatures of the body's chunks, which follow that of the head; null where the cloud does
   * not know the caller's key and checks nothing.
   */
  @Nullable ChunkSignatures chunkSignatures();

  /** The request's body as it was sent; never null, at its end when there is none. */
  InputStream body();

  /** Puts a header into whatever the answer will be. */
  void answerWith(String name, String value);

  /** Answers with a whole body. */
  void respond(int status, Map<String, String> headers, byte[] body) throws IOException;

  /** Answers with a whole body and with headers that may have several values. */
  void respondEach(int status, Map<String, List<String>> headers, byte[] body) throws IOException;

  /**
   * Answers with a streamed body; closing the stream ends the answer.
   *
   * @param length bytes to come, or -1 for chunked
   */
  OutputStream respond(int status, Map<String, String> headers, long length) throws IOException;
}
