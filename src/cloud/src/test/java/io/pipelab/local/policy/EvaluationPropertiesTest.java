package io.pipelab.local.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all policies, tried on random ones. */
class EvaluationPropertiesTest {
  private static final CloudIdentity CLOUD =
      new CloudIdentity("111122223333", "us-east-1", URI.create("http://127.0.0.1:4566"));
  private static final Caller ROLE =
      new Caller.RoleSession(
          "arn:aws:sts::111122223333:assumed-role/r/s",
          "arn:aws:iam::111122223333:role/r",
          "s",
          "ASIA");
  private static final List<String> ACTIONS =
      List.of("*", "sqs:*", "sqs:Send*", "sqs:SendMessage", "s3:GetObject", "s3:*");
  private static final List<String> RESOURCES =
      List.of("*", "arn:aws:sqs:*:*:q", "arn:aws:sqs:*:*:other", "arn:aws:s3:::b/*");
  private static final List<String> PRINCIPALS =
      List.of(
          "\"*\"",
          "{\"AWS\":\"111122223333\"}",
          "{\"AWS\":\"arn:aws:iam::111122223333:role/r\"}",
          "{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/r/s\"}",
          "{\"Service\":\"sns.amazonaws.com\"}");

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  /** One account's policies as lists of statements, so that they can be changed. */
  private record Case(
      List<String> identity,
      List<String> resource,
      @Nullable List<String> boundary,
      @Nullable List<String> session) {
    static Case random(Random random) {
      return new Case(
          statements(random, false),
          statements(random, true),
          random.nextBoolean() ? statements(random, false) : null,
          random.nextBoolean() ? statements(random, false) : null);
    }

    Verdict verdict(RequestContext request) {
      return Evaluation.of(
          new PolicySet(
              List.of(attached(PolicyKind.IDENTITY, identity)),
              attached(PolicyKind.RESOURCE, resource),
              false,
              boundary == null ? null : attached(PolicyKind.BOUNDARY, boundary),
              session == null ? null : attached(PolicyKind.SESSION, session)),
          request);
    }

    private static AttachedPolicy attached(PolicyKind kind, List<String> statements) {
      String document =
          "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
      return new AttachedPolicy(kind, kind.name(), Policy.parse(document));
    }
  }

  private static List<String> statements(Random random, boolean principal) {
    List<String> statements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String effect = random.nextInt(5) == 0 ? "Deny" : "Allow";
      statements.add(statement(random, effect, principal));
    }
    return statements;
  }

  private static String statement(Random random, String effect, boolean principal) {
    String whom = principal ? ",\"Principal\":" + one(random, PRINCIPALS) : "";
    return "{\"Effect\":\""
        + effect
        + "\",\"Action\":\""
        + one(random, ACTIONS)
        + "\",\"Resource\":\""
        + one(random, RESOURCES)
        + "\""
        + whom
        + "}";
  }

  private static String one(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static RequestContext request(Random random) {
    return random.nextBoolean()
        ? RequestContext.of(ROLE, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q", CLOUD)
        : RequestContext.of(ROLE, "s3:GetObject", "arn:aws:s3:::b/x", CLOUD);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anotherDenyNeverAllows(int seed) {
    Random random = new Random(seed);
    Case before = Case.random(random);
    RequestContext request = request(random);
    boolean allowed = before.verdict(request).allows();
    List<List<String>> all = new ArrayList<>(List.of(before.identity(), before.resource()));
    if (before.boundary() != null) {
      all.add(before.boundary());
    }
    List<String> changed = all.get(random.nextInt(all.size()));

    changed.add(statement(random, "Deny", changed == before.resource()));

    assertTrue(allowed || !before.verdict(request).allows());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfStatementsNeverMatters(int seed) {
    Random random = new Random(seed);
    Case given = Case.random(random);
    RequestContext request = request(random);
    boolean allowed = given.verdict(request).allows();

    Collections.shuffle(given.identity(), random);
    Collections.shuffle(given.resource(), random);

    assertEquals(allowed, given.verdict(request).allows());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBoundaryOrASessionPolicyNeverWidens(int seed) {
    Random random = new Random(seed);
    Case any = Case.random(random);
    RequestContext request = request(random);
    Case free = new Case(any.identity(), any.resource(), null, null);
    List<String> narrow = statements(random, false);
    Case bounded = new Case(any.identity(), any.resource(), narrow, null);
    Case narrowed = new Case(any.identity(), any.resource(), null, narrow);

    boolean allowed = free.verdict(request).allows();

    assertTrue(allowed || !bounded.verdict(request).allows());
    assertTrue(allowed || !narrowed.verdict(request).allows());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anotherAllowNeverTakesAway(int seed) {
    Random random = new Random(seed);
    Case given = Case.random(random);
    RequestContext request = request(random);
    boolean allowed = given.verdict(request).allows();

    given.identity().add(statement(random, "Allow", false));

    assertTrue(!allowed || given.verdict(request).allows());
  }
}
