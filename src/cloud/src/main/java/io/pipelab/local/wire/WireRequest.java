package io.pipelab.local.wire;

import io.pipelab.local.kernel.HttpCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An action's request as it came, its body read and uncompressed: what a protocol decodes.
 *
 * @param body never null, empty when there is none
 */
record WireRequest(HttpCall call, byte[] body) {

  @Nullable String header(String name) {
    return call.header(name);
  }

  /** Whether the Content-Type is of that media type, parameters aside. */
  boolean hasContentType(String mediaType) {
    String type = header("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(mediaType);
  }
}
