package io.pipelab.local.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

class PolicyDocumentsTest {
  private static final Map<String, Object> VALID =
      Map.of("Effect", "Allow", "Action", "s3:ListBucket", "Resource", "arn:aws:s3:::b");

  @TestFactory
  @SuppressWarnings("unchecked")
  Stream<DynamicTest> malformedDocumentsAreRefusedInIamsWords() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("malformed.yaml")) {
      List<Map<String, Object>> groups = new Yaml().load(Objects.requireNonNull(in));
      return groups.stream()
          .flatMap(
              group ->
                  ((List<Map<String, Object>>) group.get("to"))
                      .stream()
                          .map(
                              each ->
                                  DynamicTest.dynamicTest(
                                      each.toString(),
                                      () -> assertEquals(group.get("says"), said(each)))));
    }
  }

  private static String said(Map<String, Object> given) throws JsonProcessingException {
    return refusal(PolicyDocuments::managedPolicy, text(given));
  }

  private static String refusal(Function<String, ?> reader, String text) {
    try {
      reader.apply(text);
      return "nothing";
    } catch (AwsError e) {
      assertEquals("MalformedPolicyDocument", e.code());
      return e.getMessage();
    }
  }

  private static String text(Map<String, Object> given) throws JsonProcessingException {
    if (given.containsKey("text")) {
      return (String) given.get("text");
    }
    Map<String, Object> statement = changed(VALID, given, "with", "without");
    Object statements = given.getOrDefault("statements", statement);
    Map<String, Object> document =
        changed(
            Map.of("Version", "2012-10-17", "Statement", statements), given, "top", "top-without");
    return new ObjectMapper().writeValueAsString(given.getOrDefault("document", document));
  }

  private static Map<String, Object> changed(
      Map<String, Object> valid, Map<String, Object> given, String with, String without) {
    Map<String, Object> changed = new LinkedHashMap<>(valid);
    ((List<?>) given.getOrDefault(without, List.of())).forEach(changed::remove);
    ((Map<?, ?>) given.getOrDefault(with, Map.of()))
        .forEach((member, value) -> changed.put((String) member, value));
    return changed;
  }

  private static String trust(String statement) {
    return refusal(
        PolicyDocuments::trustPolicy,
        ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"'));
  }

  @Test
  void trustPoliciesNameWhoMayAssumeTheRoleAndNothingElse() {
    String who = "'Effect':'Allow','Principal':{'Service':'ec2.amazonaws.com'}";
    assertEquals("nothing", trust("{" + who + ",'Action':'sts:AssumeRole'}"));
    assertEquals("nothing", trust("{" + who + ",'Action':['sts:AssumeRole','sts:TagSession']}"));
    assertEquals(
        "AssumeRole policy may only specify STS AssumeRole actions.",
        trust("{" + who + ",'Action':['sts:BadAssumeRole']}"));
    assertEquals(
        "Has prohibited field Resource",
        trust("{" + who + ",'Action':'sts:AssumeRole','Resource':'*'}"));
    assertEquals(
        "Missing required field Principal", trust("{'Effect':'Allow','Action':'sts:AssumeRole'}"));
    assertEquals(
        "Missing required field Principal cannot be empty!",
        trust("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{}}"));
    assertEquals("Missing required field Action", trust("{" + who + "}"));
  }
}
