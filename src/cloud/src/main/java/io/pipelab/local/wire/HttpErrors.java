package io.pipelab.local.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never becomes a call, such as a malformed request line or too large headers, in JSON
 * where Jetty has a page of HTML.
 *
 * @param code the member that holds the error's code
 * @param message the member that holds its message
 */
public record HttpErrors(String code, String message) implements Request.Handler {
  /** As AWS's API error documents have them. */
  public static final HttpErrors OF_SERVICES = new HttpErrors("__type", "message");

  /** As the Lambda Runtime API has them. */
  public static final HttpErrors OF_RUNTIME_API = new HttpErrors("errorType", "errorMessage");

  private static final Map<Integer, String> CODES =
      Map.of(
          HttpStatus.REQUEST_TIMEOUT_408, "RequestTimeout",
          HttpStatus.URI_TOO_LONG_414, "URITooLong",
          HttpStatus.EXPECTATION_FAILED_417, "ExpectationFailed",
          HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, "RequestHeaderSectionTooLarge",
          HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, "HttpVersionNotSupported");

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    String text = Objects.requireNonNullElse(reason, HttpStatus.getMessage(status)).toString();
    String name = CODES.getOrDefault(status, status < 500 ? "BadRequest" : "InternalFailure");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put(code, name).put(message, status < 500 ? text : HttpStatus.getMessage(status));
    response.getHeaders().put("x-amzn-ErrorType", name);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(bytes), callback);
    return true;
  }
}
