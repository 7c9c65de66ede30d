package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An action's request as it came, its body read and uncompressed: what a protocol decodes. */
final class WireRequest {
  private final HttpCall call;
  private final byte[] body;
  private @Nullable FormTree form;

  /**
   * A request.
   *
   * @param body empty when there is none
   */
  WireRequest(HttpCall call, byte[] body) {
    this.call = call;
    this.body = body;
  }

  HttpCall call() {
    return call;
  }

  byte[] body() {
    return body;
  }

  @Nullable String header(String name) {
    return call.header(name);
  }

  /** Whether the Content-Type is of that media type, parameters aside. */
  boolean hasContentType(String mediaType) {
    String type = header("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(mediaType);
  }

  /**
   * The parameters of the Query protocol, in body and query string.
   *
   * @throws AwsError when they are not percent-encoded, or too many
   */
  FormTree form() {
    if (form == null) {
      form = FormTree.parse(body, call.rawQuery());
    }
    return form;
  }

  /** A parameter for an answer to whatever was sent; null when there is none, or no valid form. */
  @Nullable String parameter(String name) {
    try {
      return form().text(name);
    } catch (AwsError e) {
      form = new FormTree(); // the action's decoding has told the caller
      return null;
    }
  }
}
