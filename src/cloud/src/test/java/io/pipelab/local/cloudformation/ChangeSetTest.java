package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsResponse;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

class ChangeSetTest {
  private static final String BEFORE =
      """
      Parameters: {P: {Type: String, Default: p}}
      Resources:
        A: {Type: Fake::Fake, Properties: {Fixed: one}}
        B: {Type: Fake::Fake, Properties: {Free: !GetAtt A.Arn}}
        C: {Type: Fake::Fake, Properties: {Fixed: !Ref A}}
        D: {Type: Fake::Fake, Properties: {Free: !Ref P}}
        Gone: {Type: Fake::Fake}
      """;

  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private void createChangeSet(String name, ChangeSetType type, String template) {
    cloud.call(request(name, type, template), SdkPojo.class);
  }

  private static CreateChangeSetRequest request(String name, ChangeSetType type, String template) {
    return CreateChangeSetRequest.builder()
        .stackName("demo")
        .changeSetName(name)
        .changeSetType(type)
        .templateBody(template)
        .build();
  }

  @Test
  void theLastChangeSetsThatChangeNothingAreKept() {
    cloud.create("demo", BEFORE);
    for (int i = 0; i < 120; i++) {
      cloud.call(request("same-" + i, ChangeSetType.UPDATE, BEFORE), SdkPojo.class);
    }
    ListChangeSetsResponse listed =
        cloud.call(
            ListChangeSetsRequest.builder().stackName("demo").build(),
            ListChangeSetsResponse.class);
    assertEquals("same-19", listed.summaries().get(0).changeSetName());
    assertEquals("FAILED", describe("same-119").statusAsString());
  }

  @Test
  void changeSetsGoWithTheirStack() {
    cloud.create("demo", BEFORE);
    cloud.call(request("change", ChangeSetType.UPDATE, BEFORE), SdkPojo.class);
    String id = describe("change").changeSetId();
    cloud.delete("demo");
    for (int i = 0; i < 100; i++) {
      cloud.create("other", "Resources: {A: {Type: Fake::Fake}}");
      cloud.delete("other");
    }
    DescribeChangeSetRequest byId = DescribeChangeSetRequest.builder().changeSetName(id).build();
    cloud.create("demo", BEFORE);
    cloud.call(request("change", ChangeSetType.UPDATE, BEFORE), SdkPojo.class);
    assertEquals("ChangeSetNotFound: ChangeSet [" + id + "] does not exist", cloud.refusal(byId));
  }

  private DescribeChangeSetResponse describe(String name) {
    return cloud.call(
        DescribeChangeSetRequest.builder().stackName("demo").changeSetName(name).build(),
        DescribeChangeSetResponse.class);
  }

  private void execute(String name) {
    cloud.call(
        ExecuteChangeSetRequest.builder().stackName("demo").changeSetName(name).build(),
        SdkPojo.class);
    cloud.await("demo");
  }

  @Test
  void aNewStackWaitsInReview() {
    createChangeSet("first", ChangeSetType.CREATE, BEFORE);
    assertEquals("REVIEW_IN_PROGRESS", cloud.status("demo"));
    assertEquals("CREATE_COMPLETE", describe("first").statusAsString());
    assertEquals("AVAILABLE", describe("first").executionStatusAsString());
    assertEquals(5, describe("first").changes().size());
    assertEquals(
        BEFORE,
        cloud
            .call(
                GetTemplateRequest.builder().stackName("demo").changeSetName("first").build(),
                GetTemplateResponse.class)
            .templateBody());
    execute("first");
    assertEquals("CREATE_COMPLETE", cloud.status("demo"));
    assertEquals("EXECUTE_COMPLETE", describe("first").executionStatusAsString());
    assertEquals(describe("first").changeSetId(), cloud.stack("demo").changeSetId());
  }

  @Test
  void changesSayWhatWillHappenAndWhy() {
    cloud.create("demo", BEFORE);
    createChangeSet(
        "next",
        ChangeSetType.UPDATE,
        BEFORE
                .replace("Fixed: one", "Fixed: two")
                .replace("Default: p", "Default: q")
                .replaceAll("  Gone.*\n", "")
            + "  New: {Type: Fake::Fake}\n");
    List<String> lines = new ArrayList<>();
    describe("next").changes().forEach(each -> lines.add(line(each.resourceChange())));
    assertEquals(
        List.of(
            "Modify A True [Properties] Fixed/Always/Static/DirectModification/null",
            "Modify B False [Properties] Free/Never/Dynamic/ResourceAttribute/A.Arn",
            "Modify C Conditional [Properties] Fixed/Conditionally/Dynamic/ResourceReference/A",
            "Modify D False [Properties] Free/Never/Static/ParameterReference/P",
            "Add New null []",
            "Remove Gone null []"),
        lines);
    execute("next");
    assertEquals("UPDATE_COMPLETE", cloud.status("demo"));
  }

  @Test
  void aRemovalSaysWhetherTheResourceIsDeletedOrRetained() {
    cloud.create(
        "demo",
        """
        Resources:
          Kept: {Type: Fake::Fake}
          Deleted: {Type: Fake::Fake}
          Retained: {Type: Fake::Fake, DeletionPolicy: Retain}
        """);
    createChangeSet("next", ChangeSetType.UPDATE, "Resources: {Kept: {Type: 'Fake::Fake'}}");
    assertEquals(
        List.of("Remove Deleted Delete", "Remove Retained Retain"),
        describe("next").changes().stream()
            .map(Change::resourceChange)
            .map(
                each ->
                    each.actionAsString()
                        + " "
                        + each.logicalResourceId()
                        + " "
                        + each.policyActionAsString())
            .sorted()
            .toList());
  }

  private static String line(ResourceChange change) {
    StringBuilder line = new StringBuilder();
    line.append(change.actionAsString() + " " + change.logicalResourceId());
    line.append(" " + change.replacementAsString() + " " + change.scopeAsStrings());
    change
        .details()
        .forEach(
            each ->
                line.append(" " + each.target().name())
                    .append("/" + each.target().requiresRecreationAsString())
                    .append("/" + each.evaluationAsString())
                    .append("/" + each.changeSourceAsString())
                    .append("/" + each.causingEntity()));
    return line.toString();
  }

  @Test
  void withoutChangesTheChangeSetFailsAsDeployExpects() {
    cloud.create("demo", BEFORE);
    createChangeSet("same", ChangeSetType.UPDATE, BEFORE);
    assertEquals("FAILED", describe("same").statusAsString());
    assertEquals(
        "The submitted information didn't contain changes. Submit different information to create"
            + " a change set.",
        describe("same").statusReason());
    assertEquals("UNAVAILABLE", describe("same").executionStatusAsString());
    assertTrue(
        cloud
            .refusal(
                ExecuteChangeSetRequest.builder().stackName("demo").changeSetName("same").build())
            .endsWith("cannot be executed in its current status of [FAILED]"));
  }

  @Test
  void executionDropsTheOthersAndAnUpdateMakesThemObsolete() {
    cloud.create("demo", BEFORE);
    createChangeSet("one", ChangeSetType.UPDATE, BEFORE.replace("Fixed: one", "Fixed: two"));
    cloud.update("demo", BEFORE.replace("Fixed: one", "Fixed: three"));
    assertEquals("OBSOLETE", describe("one").executionStatusAsString());
    createChangeSet("two", ChangeSetType.UPDATE, BEFORE.replace("Fixed: one", "Fixed: four"));
    execute("two");
    List<String> names = new ArrayList<>();
    cloud
        .call(
            ListChangeSetsRequest.builder().stackName("demo").build(), ListChangeSetsResponse.class)
        .summaries()
        .forEach(each -> names.add(each.changeSetName()));
    assertEquals(List.of("two"), names);
  }

  @Test
  void changeSetsAreRefusedInCloudFormationsWords() {
    assertEquals(
        "Stack [demo] does not exist", cloud.refusal(request("x", ChangeSetType.UPDATE, BEFORE)));
    cloud.create("demo", BEFORE);
    assertEquals(
        "AlreadyExistsException: Stack [demo] already exists and cannot be created again with the"
            + " changeSet [x].",
        cloud.refusal(request("x", ChangeSetType.CREATE, BEFORE)));
    assertTrue(
        cloud
            .refusal(request("x", ChangeSetType.IMPORT, BEFORE))
            .startsWith("NotImplemented: pipelab's embedded cloud does not implement change sets"));
    assertEquals(
        "ChangeSetNotFound: ChangeSet [x] does not exist",
        cloud.refusal(
            DescribeChangeSetRequest.builder().stackName("demo").changeSetName("x").build()));
    assertEquals(
        "StackName must be specified if ChangeSetName is not specified as an ARN.",
        cloud.refusal(DeleteChangeSetRequest.builder().changeSetName("x").build()));
    assertEquals(
        "Template error: Unsupported resource type AWS::Foo::Bar (line 1)",
        cloud.refusal(
            request("x", ChangeSetType.UPDATE, "Resources: {A: {Type: 'AWS::Foo::Bar'}}")));
  }

  @Test
  void aStackInReviewCanBeDeleted() {
    createChangeSet("first", ChangeSetType.CREATE, BEFORE);
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
    createChangeSet("first", ChangeSetType.CREATE, BEFORE);
    assertEquals("REVIEW_IN_PROGRESS", cloud.status("demo"));
  }

  @Test
  void propertyValuesAreLeftOut() {
    cloud.create("demo", BEFORE);
    cloud.call(
        request("change", ChangeSetType.UPDATE, BEFORE.replace("Fixed: one", "Fixed: two")),
        SdkPojo.class);
    DescribeChangeSetResponse described =
        cloud.call(
            DescribeChangeSetRequest.builder()
                .stackName("demo")
                .changeSetName("change")
                .includePropertyValues(true)
                .build(),
            DescribeChangeSetResponse.class);
    assertFalse(described.changes().isEmpty());
    described
        .changes()
        .forEach(
            change -> {
              assertNull(change.resourceChange().beforeContext());
              assertNull(change.resourceChange().afterContext());
            });
  }

  @Test
  void nothingIsImportedAlsoWhenItIsAskedFor() {
    CreateChangeSetRequest imports =
        request("change", ChangeSetType.CREATE, "Resources: {A: {Type: Fake::Fake}}").toBuilder()
            .importExistingResources(true)
            .build();
    cloud.call(imports, SdkPojo.class);
    assertEquals("Add", describe("change").changes().get(0).resourceChange().actionAsString());
  }

  @Test
  void aRoleIsKeptAndNotUsed() {
    String role = "arn:aws:iam::000000000000:role/there-is-none";
    cloud.create("demo", BEFORE, request -> request.roleARN(role));
    assertEquals("CREATE_COMPLETE", cloud.status("demo"));
    assertEquals(role, cloud.stack("demo").roleARN());
  }
}
