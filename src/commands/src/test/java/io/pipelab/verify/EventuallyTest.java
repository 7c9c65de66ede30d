package io.pipelab.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.verify.Eventually.Outcome;
import io.pipelab.verify.LookFailure.Kind;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.check.Observation.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class EventuallyTest {
  private static final Claim CLAIM = Observation.expect("3 items");
  private final List<Observation> seen = new ArrayList<>();
  private FakeTime time = new FakeTime(1);

  @Test
  void endsWhenTheClaimHolds() {
    Iterator<Observation> looks =
        List.of(CLAIM.notYet("1 item"), CLAIM.notYet("1 item"), CLAIM.holds("3 items")).iterator();

    Outcome outcome = await(looks::next, Limit.of(Duration.ofMinutes(5)));

    assertEquals(State.HOLDS, stateOf(outcome));
    assertEquals(List.of("1 item", "3 items"), seen.stream().map(Observation::actual).toList());
  }

  @Test
  void endsAtOnceWhenItCanNeverHold() {
    Outcome outcome = await(() -> CLAIM.never("4 items"), Limit.of(Duration.ofMinutes(5)));

    assertEquals(Duration.ZERO, outcome.waited());
  }

  @Test
  void endsWhenNothingChangedForItsTime() {
    Outcome outcome = await(() -> CLAIM.notYet("1 item"), Limit.of(Duration.ofMinutes(5)));

    assertEquals(State.NOT_YET, stateOf(outcome));
    assertBetween(300, 310, outcome.waited());
  }

  @Test
  void progressGivesTimeButNotForEver() {
    AtomicInteger count = new AtomicInteger();

    Outcome outcome =
        await(
            () -> CLAIM.notYet(count.incrementAndGet() + " items"),
            Limit.of(Duration.ofMinutes(1)));

    assertBetween(360, 370, outcome.waited());
  }

  @Test
  void theTimeIsTheTargets() {
    time = new FakeTime(20);
    Outcome outcome = await(() -> CLAIM.notYet("1 item"), Limit.of(Duration.ofMinutes(15)));

    assertBetween(45, 51, outcome.waited());
  }

  @Test
  void butSomeRealTimeMustPassToo() {
    time = new FakeTime(1000);
    Outcome outcome = await(() -> CLAIM.notYet("1 item"), Limit.of(Duration.ofMinutes(15)));

    assertBetween(30, 36, outcome.waited());
  }

  @Test
  void theUsersLimitIsRealTime() {
    time = new FakeTime(20);
    AtomicInteger count = new AtomicInteger();
    Outcome outcome =
        await(
            () -> CLAIM.notYet(count.incrementAndGet() + " items"),
            Limit.exactly(Duration.ofSeconds(10)));

    assertBetween(10, 13, outcome.waited());
  }

  @Test
  void aBrokenCauseLeavesOnlyABriefLook() {
    time = new FakeTime(20);
    Outcome outcome =
        await(() -> CLAIM.notYet("no task"), Limit.of(Duration.ofMinutes(15)).brief());

    assertBetween(4, 7, outcome.waited());
  }

  @Test
  void aFailureToLookIsTriedAgain() {
    AtomicInteger looks = new AtomicInteger();

    Outcome outcome =
        await(
            () -> {
              if (looks.incrementAndGet() < 4) {
                throw refused(400, "ThrottlingException", "Rate exceeded");
              }
              return CLAIM.holds("3 items");
            },
            Limit.of(Duration.ofMinutes(1)));

    assertEquals(State.HOLDS, stateOf(outcome));
    assertNull(outcome.failure());
    // Twice as long each time: 0.4, 0.8 and 1.6 s. Checks that look side by side add to one pace.
    assertEquals(Duration.ofMillis(2800), outcome.waited());
  }

  @Test
  void aFailureThatStaysIsReportedAsOne() {
    Outcome outcome =
        await(
            () -> {
              throw refused(500, "InternalError", "try again");
            },
            Limit.of(Duration.ofMinutes(1)));

    assertNull(outcome.seen());
    assertEquals(new LookFailure(Kind.PASSING, "InternalError: try again"), outcome.failure());
    assertBetween(60, 66, outcome.waited());
  }

  @Test
  void whatTheTargetDoesNotKnowAndWhatIsForbiddenIsNotAskedAgain() {
    for (String code : List.of("NotImplemented", "AccessDenied")) {
      Outcome outcome =
          await(
              () -> {
                throw refused(400, code, "no");
              },
              Limit.of(Duration.ofMinutes(1)));
      assertNotNull(outcome.failure());
      assertEquals(Duration.ZERO, outcome.waited());
    }
  }

  @Test
  void wrongCredentialsEndEverything() {
    assertThrows(
        SqsException.class,
        () ->
            await(
                () -> {
                  throw refused(403, "ExpiredToken", "expired");
                },
                Limit.of(Duration.ofMinutes(1))));
  }

  @Test
  void aTargetThatIsGoneEndsEverything() {
    assertThrows(
        SdkClientException.class,
        () ->
            await(
                () -> {
                  throw SdkClientException.create("connect", new IOException("refused"));
                },
                Limit.of(Duration.ofMinutes(10))));
    assertBetween(20, 25, time.passed());
  }

  @Test
  void noPauseIsNegativeWhenAskingForTheTimeTakesLong() {
    AtomicLong nanos = new AtomicLong();
    List<Duration> pauses = new ArrayList<>();
    Eventually slow =
        new Eventually(
            () -> Instant.ofEpochSecond(0, nanos.addAndGet(3_000_000_000L)),
            nanos::get,
            pauses::add);

    slow.await(() -> CLAIM.notYet("1 item"), Limit.exactly(Duration.ofSeconds(2)), seen::add);

    assertEquals(List.of(Duration.ZERO), pauses);
  }

  private Outcome await(Supplier<Observation> look, Limit limit) {
    return time.eventually().await(look, limit, seen::add);
  }

  private static State stateOf(Outcome outcome) {
    return Objects.requireNonNull(outcome.seen()).state();
  }

  private static SdkException refused(int status, String code, String message) {
    return SqsException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }

  private static void assertBetween(int from, int to, Duration time) {
    assertTrue(
        time.compareTo(Duration.ofSeconds(from)) >= 0
            && time.compareTo(Duration.ofSeconds(to)) <= 0,
        "waited " + time);
  }
}
