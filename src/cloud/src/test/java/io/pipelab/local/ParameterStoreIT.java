package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** Systems Manager's Parameter Store with AWS's client. */
@Timeout(120)
final class ParameterStoreIT {
  private final TestCloud cloud;
  private final SsmClient ssm;

  ParameterStoreIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
    this.ssm = cloud.client(SsmClient.builder());
  }

  @AfterEach
  void close() {
    ssm.close();
    cloud.close();
  }

  private long put(String name, ParameterType type, String value) {
    return ssm.putParameter(r -> r.name(name).type(type).value(value)).version();
  }

  private long overwrite(String name, String value) {
    return ssm.putParameter(r -> r.name(name).value(value).overwrite(true)).version();
  }

  private String value(String name) {
    return ssm.getParameter(r -> r.name(name)).parameter().value();
  }

  private static String refused(String code, Executable call) {
    SsmException refused = assertThrows(SsmException.class, call);
    assertEquals(code, refused.awsErrorDetails().errorCode());
    return refused.awsErrorDetails().errorMessage();
  }

  @Test
  void aParameterHasVersionsAndLabels() {
    assertEquals(1, put("/app/url", ParameterType.STRING, "one"));
    assertEquals(
        "The parameter already exists. To overwrite this value, set the overwrite option in the"
            + " request to true.",
        refused("ParameterAlreadyExists", () -> put("/app/url", ParameterType.STRING, "two")));
    assertEquals(2, overwrite("/app/url", "two"));
    ssm.labelParameterVersion(r -> r.name("/app/url").parameterVersion(1L).labels("old"));
    Parameter latest = ssm.getParameter(r -> r.name("/app/url")).parameter();
    assertEquals("two", latest.value());
    assertEquals(2, latest.version());
    assertEquals("text", latest.dataType());
    assertEquals("arn:aws:ssm:us-east-1:000000000000:parameter/app/url", latest.arn());
    assertNull(latest.selector());
    assertEquals("one", value("/app/url:1"));
    assertEquals("one", value("/app/url:old"));
    assertEquals("two", value(latest.arn()));
    assertEquals(":old", ssm.getParameter(r -> r.name("/app/url:old")).parameter().selector());
    assertTrue(
        refused("ParameterVersionNotFound", () -> value("/app/url:3")).contains("version 3"));
    var history = ssm.getParameterHistory(r -> r.name("/app/url")).parameters();
    assertEquals(List.of("one", "two"), history.stream().map(each -> each.value()).toList());
    assertEquals(List.of("old"), history.get(0).labels());
    ssm.labelParameterVersion(r -> r.name("/app/url").labels("old"));
    assertEquals("two", value("/app/url:old"));
    ssm.deleteParameter(r -> r.name("/app/url"));
    assertThrows(ParameterNotFoundException.class, () -> value("/app/url"));
    assertThrows(
        ParameterNotFoundException.class, () -> ssm.deleteParameter(r -> r.name("/app/url")));
  }

  @Test
  void aSecretIsReadableOnlyDecrypted() {
    put("/app/password", ParameterType.SECURE_STRING, "sesame");
    Parameter hidden = ssm.getParameter(r -> r.name("/app/password")).parameter();
    assertFalse(hidden.value().contains("sesame"));
    assertEquals(
        "sesame",
        ssm.getParameter(r -> r.name("/app/password").withDecryption(true)).parameter().value());
    assertEquals("alias/aws/ssm", ssm.describeParameters(r -> {}).parameters().get(0).keyId());
    refused(
        "NotImplemented",
        () ->
            ssm.putParameter(
                r ->
                    r.name("other")
                        .type(ParameterType.SECURE_STRING)
                        .keyId("alias/mine")
                        .value("x")));
    refused(
        "HierarchyTypeMismatchException",
        () ->
            ssm.putParameter(
                r ->
                    r.name("/app/password").type(ParameterType.STRING).value("x").overwrite(true)));
  }

  @Test
  void hierarchiesAreListedByTheirPath() {
    for (String name : List.of("/a/one", "/a/two", "/a/b/three", "/ab", "plain")) {
      put(name, ParameterType.STRING, name);
    }
    assertEquals(List.of("/a/one", "/a/two"), below("/a", false));
    assertEquals(List.of("/a/b/three", "/a/one", "/a/two"), below("/a/", true));
    assertEquals(List.of("/ab", "plain"), below("/", false));
    refused("ValidationException", () -> below("a", false));
    GetParametersResponse some = ssm.getParameters(r -> r.names("/ab", "/none", "/a/one:7"));
    assertEquals(List.of("/ab"), some.parameters().stream().map(Parameter::name).toList());
    assertEquals(List.of("/none", "/a/one:7"), some.invalidParameters());
    assertEquals(List.of("/a/one", "/a/two"), found("Name", "BeginsWith", "/a/one", "/a/tw"));
    assertEquals(List.of("/a/b/three"), found("Path", "OneLevel", "/a/b"));
    assertEquals(5, found("Type", "Equals", "String").size());
    refused("ValidationException", () -> found("Nonsense", "Equals", "x"));
    var deleted = ssm.deleteParameters(r -> r.names("/ab", "/none"));
    assertEquals(List.of("/ab"), deleted.deletedParameters());
    assertEquals(List.of("/none"), deleted.invalidParameters());
  }

  private List<String> below(String path, boolean recursive) {
    return ssm.getParametersByPath(r -> r.path(path).recursive(recursive)).parameters().stream()
        .map(Parameter::name)
        .toList();
  }

  private List<String> found(String key, String option, String... values) {
    ParameterStringFilter filter =
        ParameterStringFilter.builder().key(key).option(option).values(values).build();
    return ssm.describeParameters(r -> r.parameterFilters(filter)).parameters().stream()
        .map(ParameterMetadata::name)
        .toList();
  }

  @Test
  void whatAwsRefusesIsRefused() {
    refused("ValidationException", () -> put("aws-mine", ParameterType.STRING, "x"));
    refused("AccessDeniedException", () -> put("/aws/mine", ParameterType.STRING, "x"));
    refused("ValidationException", () -> put("a/b", ParameterType.STRING, "x"));
    refused("ValidationException", () -> put("a b", ParameterType.STRING, "x"));
    refused(
        "HierarchyLevelLimitExceededException",
        () -> put("/1".repeat(16), ParameterType.STRING, "x"));
    refused("ValidationException", () -> ssm.putParameter(r -> r.name("typeless").value("x")));
    refused("ValidationException", () -> put("long", ParameterType.STRING, "x".repeat(4097)));
    assertEquals(
        ParameterTier.ADVANCED,
        ssm.putParameter(
                r ->
                    r.name("long")
                        .type(ParameterType.STRING)
                        .tier(ParameterTier.INTELLIGENT_TIERING)
                        .value("x".repeat(4097)))
            .tier());
    refused(
        "ParameterPatternMismatchException",
        () ->
            ssm.putParameter(
                r ->
                    r.name("number")
                        .type(ParameterType.STRING)
                        .allowedPattern("^\\d+$")
                        .value("x")));
    refused(
        "NotImplemented",
        () ->
            ssm.putParameter(
                r -> r.name("p").type(ParameterType.STRING).value("x").policies("[{}]")));
  }

  @Test
  void tagsAreAddedAndTakenAway() {
    ssm.putParameter(
        r ->
            r.name("tagged")
                .type(ParameterType.STRING)
                .value("x")
                .tags(t -> t.key("a").value("1")));
    ssm.addTagsToResource(
        r ->
            r.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId("tagged")
                .tags(t -> t.key("b").value("2")));
    assertEquals(Map.of("a", "1", "b", "2"), tags("tagged"));
    assertEquals(List.of("tagged"), found("tag:b", null, "2"));
    ssm.removeTagsFromResource(
        r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("tagged").tagKeys("a"));
    assertEquals(Map.of("b", "2"), tags("tagged"));
    refused("InvalidResourceId", () -> tags("none"));
    refused(
        "ValidationException",
        () ->
            ssm.putParameter(
                r -> r.name("tagged").value("y").overwrite(true).tags(t -> t.key("c").value("3"))));
  }

  private Map<String, String> tags(String name) {
    Map<String, String> tags = new TreeMap<>();
    ssm.listTagsForResource(r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(name))
        .tagList()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  @Test
  void aTemplateMakesAndChangesParameters() {
    String template =
        """
        Resources:
          Url:
            Type: AWS::SSM::Parameter
            Properties:
              Name: /app/url
              Type: String
              Value: one
              Description: where it is
              Tags: {team: lab}
        Outputs:
          Name: {Value: !Ref Url}
          Value: {Value: !GetAtt Url.Value}
        """;
    Stack made = cloud.stack("app", template);
    assertEquals("CREATE_COMPLETE", made.stackStatusAsString(), () -> cloud.failures("app"));
    assertEquals("/app/url", output(made, "Name"));
    assertEquals("one", output(made, "Value"));
    assertEquals(Map.of("team", "lab"), tags("/app/url"));
    Stack changed = cloud.update("app", template.replace("Value: one", "Value: two"));
    assertEquals("UPDATE_COMPLETE", changed.stackStatusAsString());
    assertEquals("two", value("/app/url"));
    assertEquals("two", output(changed, "Value"));
    cloud.delete("app");
    assertThrows(ParameterNotFoundException.class, () -> value("/app/url"));
  }

  private static String output(Stack stack, String key) {
    return stack.outputs().stream()
        .filter(each -> each.outputKey().equals(key))
        .findFirst()
        .orElseThrow()
        .outputValue();
  }
}
