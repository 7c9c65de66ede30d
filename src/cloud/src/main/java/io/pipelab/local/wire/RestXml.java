package io.pipelab.local.wire;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.HttpCall;
import java.io.IOException;
import java.util.UUID;

/** What S3's streaming front needs of the REST-XML protocol. */
public final class RestXml {
  private RestXml() {}

  /** Answers with S3's error document. */
  public static void refuse(HttpCall call, AwsError error) throws IOException {
    Answer answer = RestXmlProtocol.error(call, Fault.of(error), UUID.randomUUID().toString());
    call.respond(answer.status(), answer.headers(), answer.body());
  }
}
