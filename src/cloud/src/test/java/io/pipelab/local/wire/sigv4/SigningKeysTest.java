package io.pipelab.local.wire.sigv4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class SigningKeysTest {
  private final SigningKeys keys = new SigningKeys();

  private static Authorization.Scope scope(String date, String region, String service) {
    return new Authorization.Scope("AKID", date, region, service);
  }

  @Test
  void eachSecretDayRegionAndServiceHasItsOwn() {
    String one = keys.of("secret", scope("20150830", "us-east-1", "sqs")).sign("text");
    assertNotEquals(one, keys.of("other", scope("20150830", "us-east-1", "sqs")).sign("text"));
    assertNotEquals(one, keys.of("secret", scope("20150831", "us-east-1", "sqs")).sign("text"));
    assertNotEquals(one, keys.of("secret", scope("20150830", "us-west-2", "sqs")).sign("text"));
    assertNotEquals(one, keys.of("secret", scope("20150830", "us-east-1", "sns")).sign("text"));
    assertEquals(4 + 1, keys.size());
  }

  @Test
  void theLatestAreKeptAndNoMore() {
    SigningKey first = keys.of("secret", scope("0", "us-east-1", "sqs"));
    for (int i = 1; i < SigningKeys.MOST; i++) {
      keys.of("secret", scope("" + i, "us-east-1", "sqs"));
    }
    assertSame(first, keys.of("secret", scope("0", "us-east-1", "sqs")));
    SigningKey second = keys.of("secret", scope("2", "us-east-1", "sqs"));
    for (int i = 0; i < SigningKeys.MOST; i++) {
      keys.of("secret", scope("" + i, "us-east-1", "sns"));
    }
    assertEquals(SigningKeys.MOST, keys.size());
    assertNotSame(second, keys.of("secret", scope("2", "us-east-1", "sqs")));
  }
}
