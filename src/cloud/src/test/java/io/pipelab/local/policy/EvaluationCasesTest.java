package io.pipelab.local.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The table of decisions, each with the page of AWS's guide that it comes from. */
class EvaluationCasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "111122223333";
  private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/r";
  private static final String SESSION = "arn:aws:sts::" + ACCOUNT + ":assumed-role/r/s";
  private static final String USER = "arn:aws:iam::" + ACCOUNT + ":user/alice";
  private static final CloudIdentity CLOUD =
      new CloudIdentity(ACCOUNT, "us-east-1", URI.create("http://127.0.0.1:4566"));

  private static final Map<String, Object> PRINCIPALS =
      Map.of(
          "*", "*",
          "ROLE", Map.of("AWS", ROLE),
          "SESSION", Map.of("AWS", SESSION),
          "USER", Map.of("AWS", USER),
          "ACCOUNT", Map.of("AWS", "arn:aws:iam::" + ACCOUNT + ":root"),
          "OTHER", Map.of("AWS", "arn:aws:iam::444455556666:root"),
          "SNS", Map.of("Service", "sns.amazonaws.com"),
          "OTHER-SERVICE", Map.of("Service", "s3.amazonaws.com"));

  private static final Map<String, Caller> CALLERS =
      Map.of(
          "role", new Caller.RoleSession(SESSION, ROLE, "s", "ASIA"),
          "user", new Caller.Operator(USER, "AKIA"),
          "sns",
              new Caller.ServicePrincipal(
                  "sns.amazonaws.com", "arn:aws:sns:us-east-1:111122223333:t"),
          "nobody", new Caller.Anonymous());

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> groups() throws IOException {
    try (InputStream in = EvaluationCasesTest.class.getResourceAsStream("cases.yaml")) {
      return (List<Map<String, Object>>) new Yaml().load(Objects.requireNonNull(in));
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> cases(Map<String, Object> group, String kind) {
    return (List<Map<String, Object>>) group.getOrDefault(kind, List.of());
  }

  @TestFactory
  Stream<DynamicTest> conditions() throws IOException {
    return groups().stream()
        .flatMap(
            group ->
                cases(group, "conditions").stream()
                    .map(
                        each ->
                            DynamicTest.dynamicTest(
                                group.get("page") + " " + each, () -> condition(each))));
  }

  @TestFactory
  Stream<DynamicTest> requests() throws IOException {
    return groups().stream()
        .flatMap(
            group ->
                cases(group, "requests").stream()
                    .map(
                        each ->
                            DynamicTest.dynamicTest(
                                group.get("page") + " " + each, () -> request(each))));
  }

  @Test
  void thereAreEnough() throws IOException {
    int count = 0;
    for (Map<String, Object> group : groups()) {
      count += cases(group, "conditions").size() + cases(group, "requests").size();
    }
    assertTrue(count >= 200, count + " cases");
  }

  private static void condition(Map<String, Object> given) {
    Map<String, Object> statement =
        Map.of("Effect", "Allow", "Action", "*", "Resource", "*", "Condition", given.get("if"));
    String version = (String) given.getOrDefault("version", "2012-10-17");
    Policy policy = Policy.parse(document(version, List.of(statement)));
    Map<String, List<String>> keys = new LinkedHashMap<>();
    ((Map<?, ?>) given.get("keys"))
        .forEach((key, value) -> keys.put(((String) key).toLowerCase(), texts(value)));
    RequestContext request =
        new RequestContext(
            Objects.requireNonNull(CALLERS.get("role")), "a:B", "arn:aws:a:::r", keys);

    boolean holds = policy.decide(request) == Decision.ALLOW;

    assertEquals(given.get("holds"), holds);
  }

  private static void request(Map<String, Object> given) {
    Caller caller =
        Objects.requireNonNull(CALLERS.get((String) given.getOrDefault("caller", "role")));
    String action = (String) given.getOrDefault("action", "sqs:SendMessage");
    String resource =
        (String) given.getOrDefault("resource", "arn:aws:sqs:us-east-1:111122223333:q");
    RequestContext request = RequestContext.of(caller, action, resource, CLOUD);
    if (given.getOrDefault("caller", "role").equals("user")) {
      request = request.with("aws:username", "alice");
    }

    Verdict verdict = Evaluation.of(policies(given), request);

    assertEquals(given.get("then"), words(verdict));
  }

  private static PolicySet policies(Map<String, Object> given) {
    AttachedPolicy identity = attached(given, "identity", PolicyKind.IDENTITY);
    AttachedPolicy trust = attached(given, "trust", PolicyKind.TRUST);
    return new PolicySet(
        identity == null ? List.of() : List.of(identity),
        trust == null ? attached(given, "resource-policy", PolicyKind.RESOURCE) : trust,
        trust != null,
        attached(given, "boundary", PolicyKind.BOUNDARY),
        attached(given, "session-policy", PolicyKind.SESSION));
  }

  private static @Nullable AttachedPolicy attached(
      Map<String, Object> given, String member, PolicyKind kind) {
    Object statements = given.get(member);
    if (statements == null) {
      return null;
    }
    List<Object> whole = new ArrayList<>();
    ((List<?>) statements)
        .forEach(each -> whole.add(each instanceof String text ? statement(text) : each));
    return new AttachedPolicy(kind, member, Policy.parse(document("2012-10-17", whole)));
  }

  /** {@code EFFECT ACTION RESOURCE [PRINCIPAL]}. */
  private static Map<String, Object> statement(String text) {
    String[] words = text.split(" ");
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Effect", words[0].equals("allow") ? "Allow" : "Deny");
    statement.put("Action", words[1]);
    statement.put("Resource", words[2]);
    if (words.length > 3) {
      statement.put("Principal", Objects.requireNonNull(PRINCIPALS.get(words[3]), words[3]));
    }
    return statement;
  }

  private static String words(Verdict verdict) {
    if (verdict instanceof Verdict.ExplicitDeny deny) {
      return "deny " + deny.policy().kind();
    }
    return verdict instanceof Verdict.ImplicitDeny deny ? "no " + deny.missing() : "allow";
  }

  private static String document(String version, List<?> statements) {
    try {
      return JSON.writeValueAsString(Map.of("Version", version, "Statement", statements));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
