package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.verify.FakeAws;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class TargetTimeTest {
  private static final Clock HERE =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @Test
  void theTimeIsThatOfTheAnswer() {
    assertEquals(
        Instant.parse("2026-11-21T04:05:06Z"),
        time(SdkHttpResponse.builder().putHeader("Date", "Sat, 21 Nov 2026 04:05:06 GMT").build()));
  }

  @Test
  void theEmbeddedCloudTellsItsOwn() {
    assertEquals(
        Instant.parse("2026-11-21T04:05:06Z"),
        time(
            SdkHttpResponse.builder()
                .putHeader("Date", "Sat, 21 Nov 2026 03:00:00 GMT")
                .putHeader("x-pipelab-time", "Sat, 21 Nov 2026 04:05:06 GMT")
                .build()));
  }

  @Test
  void aTargetThatDoesNotTellHasOurs() {
    assertEquals(HERE.instant(), time(SdkHttpResponse.builder().build()));
  }

  private static Instant time(SdkHttpResponse response) {
    GetCallerIdentityResponse.Builder answer = GetCallerIdentityResponse.builder();
    answer.sdkHttpResponse(response);
    FakeAws aws = new FakeAws().on(GetCallerIdentityRequest.class, answer.build());
    return new TargetTime(aws, HERE).now();
  }
}
