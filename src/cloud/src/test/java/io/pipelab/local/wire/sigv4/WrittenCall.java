package io.pipelab.local.wire.sigv4;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.ChunkSignatures;
import io.pipelab.local.kernel.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as AWS's test suite writes one: a request line and headers. */
record WrittenCall(
    String method, String rawPath, @Nullable String rawQuery, Map<String, List<String>> headers)
    implements HttpCall {
  static WrittenCall parse(String text) {
    String[] lines = text.split("\n");
    int first = lines[0].indexOf(' ');
    String target = lines[0].substring(first + 1, lines[0].lastIndexOf(" HTTP/1.1"));
    int question = target.indexOf('?');
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).trim());
    }
    return new WrittenCall(
        lines[0].substring(0, first),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? null : target.substring(question + 1),
        headers);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(each -> each.getValue().get(0))
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable String signingName() {
    return null;
  }

  @Override
  public Caller caller() {
    return new Caller.Anonymous();
  }

  @Override
  public @Nullable ChunkSignatures chunkSignatures() {
    return null;
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(new byte[0]);
  }

  @Override
  public void answerWith(String name, String value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void respond(int status, Map<String, String> headers, byte[] body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void respondEach(int status, Map<String, List<String>> headers, byte[] body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutputStream respond(int status, Map<String, String> headers, long length) {
    throw new UnsupportedOperationException();
  }
}
