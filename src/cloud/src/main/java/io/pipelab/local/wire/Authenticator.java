package io.pipelab.local.wire;

import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.Callers;
import io.pipelab.local.kernel.ChunkSignatures;
import io.pipelab.local.kernel.HttpCall;
import io.pipelab.local.wire.sigv4.SignatureCheck;
import org.jspecify.annotations.Nullable;

/** Finds out who calls, and makes who names a key of the cloud's prove that he has it. */
final class Authenticator {
  private final Callers callers;
  private final SignatureCheck check;

  Authenticator(Callers callers, SignatureCheck check) {
    this.callers = callers;
    this.check = check;
  }

  /** What checks the chunks of an upload; null where the cloud did not issue the caller's key. */
  @Nullable ChunkSignatures chunks(HttpCall call, Signature signature) {
    AccessKey key = callers.byId(signature.accessKeyId());
    return key.secret() == null ? null : check.chunks(call, key.secret());
  }

  /**
   * Who makes a call.
   *
   * @param body as it was sent; null when it has not been read
   * @throws AwsError in the words of the service that is called
   */
  Caller caller(HttpCall call, @Nullable Signature signature, byte @Nullable [] body) {
    if (signature == null) {
      return new Caller.Anonymous();
    }
    try {
      AccessKey key = callers.byId(signature.accessKeyId());
      if (key.secret() != null) {
        check.verify(call, key.secret(), body);
      }
      callers.called(key.caller(), signature.service(), signature.region());
      return key.caller();
    } catch (AwsError e) {
      Protocol protocol = Protocols.of(new WireRequest(call, new byte[0]), signature.service());
      throw AuthErrors.named(e, protocol, signature.service());
    }
  }
}
