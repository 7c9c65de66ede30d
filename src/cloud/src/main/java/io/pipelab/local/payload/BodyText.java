package io.pipelab.local.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as an event holds it. Both fronts hand on texts and JSON as they are, everything
 * else in base64, forms too.
 *
 * @param text null when there is no body
 */
public record BodyText(@Nullable String text, boolean base64) {

  /** The body of a request. */
  public static BodyText of(IncomingRequest request) {
    byte[] body = request.body();
    if (body.length == 0) {
      return new BodyText(null, false);
    }
    String plain = isText(request) ? utf8(body) : null;
    return plain == null
        ? new BodyText(Base64.getEncoder().encodeToString(body), true)
        : new BodyText(plain, false);
  }

  private static boolean isText(IncomingRequest request) {
    String encoding = request.firstHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return false;
    }
    String given = request.firstHeader("Content-Type");
    if (given == null) {
      return true;
    }
    String type = given.toLowerCase(Locale.ROOT).replaceFirst("\\s*;.*", "").strip();
    return type.startsWith("text/")
        || type.endsWith("+json")
        || type.endsWith("+xml")
        || type.equals("application/json")
        || type.equals("application/xml")
        || type.equals("application/javascript");
  }

  private static @Nullable String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
