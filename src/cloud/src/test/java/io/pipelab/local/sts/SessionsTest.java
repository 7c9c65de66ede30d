package io.pipelab.local.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AccessKey;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.RoleDirectory;
import io.pipelab.local.kernel.RoleSessions.Keys;
import io.pipelab.local.kernel.UserKeys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/task";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Clock wall = Clock.fixed(START, ZoneOffset.UTC);
  private final RoleDirectory roles =
      arn ->
          arn.equals(ROLE)
              ? Optional.of(new RoleDirectory.TrustedRole(ROLE, "AROA1", "task", trust(), 3600))
              : Optional.empty();

  private final Map<String, AccessKey> userKeys = new HashMap<>();
  private final List<String> uses = new ArrayList<>();
  private final UserKeys users =
      new UserKeys() {
        @Override
        public Optional<AccessKey> find(String accessKeyId) {
          return Optional.ofNullable(userKeys.get(accessKeyId));
        }

        @Override
        public void used(String accessKeyId, String service, String region) {
          uses.add(accessKeyId + " " + service + " " + region);
        }
      };

  @Test
  void aKeyOfAUserIsHis() {
    Caller bob = new Caller.User("arn:aws:iam::000000000000:user/bob", "AIDA1", "bob", "AKIA1");
    userKeys.put("AKIA1", new AccessKey(bob, new AccessKey.Secret("s", null)));

    assertEquals(userKeys.get("AKIA1"), sessions().byId("AKIA1"));
    sessions().called(bob, "sqs", "us-east-1");
    assertEquals(List.of("AKIA1 sqs us-east-1"), uses);
  }

  @Test
  void aKeyThatWasNotIssuedIsTheOperators() {
    AccessKey any = sessions().byId("AKIAANY");
    assertInstanceOf(Caller.Operator.class, any.caller());
    assertNull(any.secret(), "nobody can prove anything about a made-up key");
  }

  @Test
  void aTemporaryKeyThatWasNotIssuedIsNobodys() {
    AwsError unknown = assertThrows(AwsError.class, () -> sessions().byId("ASIAANY"));
    assertEquals("InvalidClientTokenId", unknown.code());
  }

  @Test
  void anIssuedKeyIsItsRoleSessions() {
    Sessions sessions = sessions();
    Keys keys = sessions.issue(ROLE, "s1", "ecs-tasks.amazonaws.com", Duration.ofHours(1));
    AccessKey key = sessions.byId(keys.accessKeyId());
    assertEquals("arn:aws:sts::000000000000:assumed-role/task/s1", key.caller().arn());
    assertEquals(new AccessKey.Secret(keys.secretAccessKey(), keys.sessionToken()), key.secret());
    assertFalse(key.toString().contains(keys.secretAccessKey()), "secrets are never logged");
  }

  @Test
  void aServiceThatTheRoleDoesNotTrustGetsNoKeys() {
    AwsError refused =
        assertThrows(
            AwsError.class,
            () -> sessions().issue(ROLE, "s1", "lambda.amazonaws.com", Duration.ofHours(1)));
    assertEquals("AccessDenied", refused.code());
  }

  @Test
  void keysExpire() {
    Sessions sessions =
        new Sessions(
            new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1")),
            roles,
            users,
            new Clock() {
              @Override
              public ZoneOffset getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(java.time.ZoneId zone) {
                return this;
              }

              @Override
              public Instant instant() {
                return wall.instant();
              }
            });
    Keys keys = sessions.issue(ROLE, "s1", "ecs-tasks.amazonaws.com", Duration.ofHours(1));
    wall = Clock.fixed(START.plus(Duration.ofMinutes(61)), ZoneOffset.UTC);
    // Who issues others does not forget these at once: their holder is told what happened.
    sessions.issue(ROLE, "s2", "ecs-tasks.amazonaws.com", Duration.ofMinutes(15));
    AwsError expired = assertThrows(AwsError.class, () -> sessions.byId(keys.accessKeyId()));
    assertEquals("ExpiredToken", expired.code());
  }

  private Sessions sessions() {
    return new Sessions(
        new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1")),
        roles,
        users,
        wall);
  }

  private static com.fasterxml.jackson.databind.JsonNode trust() {
    try {
      return new ObjectMapper()
          .readTree(
              """
              {"Version":"2012-10-17","Statement":{"Effect":"Allow",
               "Principal":{"Service":["ecs-tasks.amazonaws.com"]},"Action":"sts:AssumeRole"}}""");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
