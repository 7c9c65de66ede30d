package io.pipelab.local.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** An encoded response. */
record Answer(int status, Map<String, String> headers, byte[] body) {

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
