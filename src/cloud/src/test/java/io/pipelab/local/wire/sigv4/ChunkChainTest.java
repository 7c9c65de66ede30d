package io.pipelab.local.wire.sigv4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The example of the Amazon S3 API Reference, "Signature calculations for the authorization header:
 * transferring payload in multiple chunks": 65 KB of the letter a.
 */
class ChunkChainTest {
  private static final String FIRST =
      "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
  private static final String SECOND =
      "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
  private static final String LAST =
      "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

  private final ChunkChain chain = chain();

  private static ChunkChain chain() {
    Authorization.Scope scope =
        Authorization.Scope.parse("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request");
    return new ChunkChain(
        new SigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope),
        new Authorization(
            scope,
            List.of("host"),
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            "20130524T000000Z",
            null,
            null));
  }

  private static String letters(int count) {
    return SigningKey.sha256("a".repeat(count).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theReferencesExampleHolds() {
    chain.chunk(FIRST, letters(65_536));
    chain.chunk(SECOND, letters(1024));
    chain.chunk(LAST, letters(0));
  }

  @Test
  void otherBytesOrAnotherOrderAreRefused() {
    assertRefused(() -> chain.chunk(FIRST, letters(65_535)));
    assertRefused(() -> chain.chunk(SECOND, letters(1024)));
    chain.chunk(FIRST, letters(65_536));
    assertRefused(() -> chain.chunk(FIRST, letters(65_536)));
    assertRefused(() -> chain.trailers(SECOND, letters(1024)));
  }

  private static void assertRefused(Runnable check) {
    assertEquals("SignatureDoesNotMatch", assertThrows(AwsError.class, check::run).code());
  }
}
