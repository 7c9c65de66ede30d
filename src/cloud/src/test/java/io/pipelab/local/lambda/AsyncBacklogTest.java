package io.pipelab.local.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.Soon;
import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

@Timeout(300)
class AsyncBacklogTest {
  private static final byte[] EVENT = new byte[9 * 1024];

  @Test
  void eventsThatAreDoneMakeRoom() {
    AsyncBacklog backlog = new AsyncBacklog(20 * 1024);
    backlog.add(EVENT);
    backlog.add(EVENT);
    AwsError error = assertThrows(AwsError.class, () -> backlog.add(EVENT));
    assertEquals("TooManyRequestsException", error.code());
    assertEquals(429, error.status());
    backlog.remove(EVENT);
    backlog.add(EVENT);
  }

  @Test
  void aFunctionThatNeverRunsHoldsNoMoreThanTheBound(@TempDir Path directory) throws Exception {
    try (LambdaFixture cloud = new LambdaFixture(directory)) {
      cloud.call(cloud.plain("demo").build());
      cloud.rolesGone = true;
      SdkBytes megabyte = SdkBytes.fromUtf8String("\"" + "x".repeat(1_000_000) + "\"");
      InvokeRequest event =
          InvokeRequest.builder()
              .functionName("demo")
              .invocationType(InvocationType.EVENT)
              .payload(megabyte)
              .build();
      int accepted = 0;
      while (accepts(cloud, event)) {
        accepted++;
      }
      assertEquals(67, accepted);
      // Older than an event may be, they are dropped one by one.
      cloud.clock.advance(Duration.ofHours(7));
      Soon.that("room for an event", () -> accepts(cloud, event));
    }
  }

  private static boolean accepts(LambdaFixture cloud, InvokeRequest event) {
    try {
      InvokeResponse response = cloud.call(event);
      return response.statusCode() == 202;
    } catch (AwsError e) {
      assertEquals("TooManyRequestsException", e.code());
      return false;
    }
  }
}
