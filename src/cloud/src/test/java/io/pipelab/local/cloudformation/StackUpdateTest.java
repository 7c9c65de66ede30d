package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.Soon;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.CancelUpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.ContinueUpdateRollbackRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.RollbackStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

class StackUpdateTest {
  private static final String BEFORE =
      """
      Resources:
        A: {Type: Fake::Fake, Properties: {Fixed: one, Free: x}}
        B: {Type: Fake::Fake, Properties: {Free: !Ref A}}
        Old: {Type: Fake::Fake}
      """;
  private static final String REPLACED =
      """
      Resources:
        A: {Type: Fake::Fake, Properties: {Fixed: two, Free: x}}
        B: {Type: Fake::Fake, Properties: {Free: !Ref A}}
        New: {Type: Fake::Fake}
      """;

  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  private List<String> eventsSince(int count) {
    List<String> events = cloud.events("demo");
    return events.subList(count, events.size());
  }

  @Test
  void aChangeInPlaceKeepsThePhysicalId() {
    cloud.create("demo", BEFORE);
    String id = cloud.physicalId("demo", "A");
    int before = cloud.events("demo").size();
    cloud.update("demo", BEFORE.replace("Free: x", "Free: y"));
    assertEquals(id, cloud.physicalId("demo", "A"));
    assertEquals("{\"Fixed\":\"one\",\"Free\":\"y\"}", cloud.fake.existing.get(id));
    assertEquals(
        List.of(
            "demo UPDATE_IN_PROGRESS: User Initiated",
            "A UPDATE_IN_PROGRESS",
            "A UPDATE_COMPLETE",
            "demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "demo UPDATE_COMPLETE"),
        eventsSince(before));
  }

  @Test
  void aReplacementUpdatesItsDependentsAndIsCleanedUpAfterwards() {
    cloud.create("demo", BEFORE);
    String old = cloud.physicalId("demo", "A");
    int before = cloud.events("demo").size();
    cloud.update("demo", REPLACED);
    String replacement = cloud.physicalId("demo", "A");
    assertNotEquals(old, replacement);
    assertEquals(
        "{\"Free\":\"" + replacement + "\"}",
        cloud.fake.existing.get(cloud.physicalId("demo", "B")));
    List<String> events = eventsSince(before);
    assertTrue(
        events.contains(
            "A UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical"
                + " resource; hence creating one."),
        events::toString);
    int cleanup = events.indexOf("demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    assertTrue(events.indexOf("B UPDATE_COMPLETE") < cleanup);
    assertTrue(events.indexOf("A DELETE_COMPLETE") > cleanup);
    assertTrue(events.indexOf("Old DELETE_COMPLETE") > cleanup);
    assertEquals("demo UPDATE_COMPLETE", events.get(events.size() - 1));
    assertEquals(3, cloud.fake.existing.size());
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
    assertEquals(Set.of(), cloud.fake.existing.keySet());
  }

  @Test
  void nothingToDoIsRefused() {
    cloud.create("demo", BEFORE);
    UpdateStackRequest same =
        UpdateStackRequest.builder().stackName("demo").templateBody(BEFORE).build();
    assertEquals("No updates are to be performed.", cloud.refusal(same));
    assertEquals(
        "No updates are to be performed.",
        cloud.refusal(
            UpdateStackRequest.builder().stackName("demo").usePreviousTemplate(true).build()));
    assertEquals(
        "No updates are to be performed.",
        cloud.refusal(same.toBuilder().templateBody("# comment\n" + BEFORE).build()));
  }

  @Test
  void numbersAndTheirTextAreTheSame() {
    cloud.create("demo", "Resources: {A: {Type: 'Fake::Fake', Properties: {Free: 60}}}");
    assertEquals(
        "No updates are to be performed.",
        cloud.refusal(
            UpdateStackRequest.builder()
                .stackName("demo")
                .templateBody("Resources: {A: {Type: 'Fake::Fake', Properties: {Free: '60'}}}")
                .build()));
  }

  @Test
  void newTagsOrOutputsAreUpdates() {
    cloud.create("demo", BEFORE);
    cloud.update("demo", BEFORE, r -> r.tags(Tag.builder().key("k").value("v").build()));
    assertEquals(3, cloud.fake.calls.stream().filter(each -> each.startsWith("update")).count());
    cloud.update("demo", BEFORE + "Outputs: {O: {Value: !Ref A}}\n");
    assertEquals("UPDATE_COMPLETE", cloud.status("demo"));
    assertEquals(cloud.physicalId("demo", "A"), cloud.stack("demo").outputs().get(0).outputValue());
    assertEquals("k", cloud.stack("demo").tags().get(0).key());
  }

  @Test
  void parametersKeepTheirPreviousValue() {
    String template =
        """
        Parameters: {P: {Type: String}, Q: {Type: String, Default: q}}
        Resources: {A: {Type: 'Fake::Fake', Properties: {Free: !Sub '${P}-${Q}'}}}
        """;
    cloud.create(
        "demo",
        template,
        r -> r.parameters(Parameter.builder().parameterKey("P").parameterValue("p").build()));
    cloud.update(
        "demo",
        template,
        r ->
            r.parameters(
                Parameter.builder().parameterKey("P").usePreviousValue(true).build(),
                Parameter.builder().parameterKey("Q").parameterValue("z").build()));
    assertTrue(cloud.fake.existing.containsValue("{\"Free\":\"p-z\"}"));
    assertEquals(
        "Invalid input for parameter key X. Cannot specify usePreviousValue as true for a"
            + " parameter key not in the previous template",
        cloud.refusal(
            UpdateStackRequest.builder()
                .stackName("demo")
                .usePreviousTemplate(true)
                .parameters(Parameter.builder().parameterKey("X").usePreviousValue(true).build())
                .build()));
  }

  @Test
  void aFailedUpdateGoesBackToWhatWas() {
    cloud.create("demo", BEFORE);
    var existing = Map.copyOf(cloud.fake.existing);
    String old = cloud.physicalId("demo", "A");
    int before = cloud.events("demo").size();
    cloud.fake.failing.add("create Last");
    cloud.update("demo", REPLACED + "  Last: {Type: Fake::Fake, DependsOn: [B, New]}\n");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals(old, cloud.physicalId("demo", "A"));
    assertEquals(existing, cloud.fake.existing);
    List<String> events = eventsSince(before);
    assertTrue(
        events.contains(
            "demo UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to create:"
                + " [Last]."),
        events::toString);
    assertTrue(events.contains("demo UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"));
    assertEquals(
        "No updates are to be performed.",
        cloud.refusal(UpdateStackRequest.builder().stackName("demo").templateBody(BEFORE).build()));
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
    assertEquals(Set.of(), cloud.fake.existing.keySet());
  }

  @Test
  void aFailedUpdateGoesBackToTheLastThatSucceeded() {
    cloud.create("demo", BEFORE);
    String second = BEFORE.replace("Free: x", "Free: y");
    cloud.update("demo", second);
    cloud.fake.failing.add("create Last");
    cloud.update(
        "demo",
        BEFORE.replace("Free: x", "Free: z") + "  Last: {Type: Fake::Fake, DependsOn: [B]}\n");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals(
        "{\"Fixed\":\"one\",\"Free\":\"y\"}",
        cloud.fake.existing.get(cloud.physicalId("demo", "A")));
    assertEquals(
        "No updates are to be performed.",
        cloud.refusal(UpdateStackRequest.builder().stackName("demo").templateBody(second).build()));
  }

  @Test
  void aRollbackThatFailsCanBeContinuedOrSkipped() {
    cloud.create("demo", BEFORE);
    cloud.fake.failing.add("update B");
    cloud.update("demo", REPLACED);
    assertEquals("UPDATE_ROLLBACK_FAILED", cloud.status("demo"));
    assertEquals(
        "The following resource(s) failed to update: [B].",
        cloud.stack("demo").stackStatusReason());

    cloud.call(ContinueUpdateRollbackRequest.builder().stackName("demo").build(), SdkPojo.class);
    cloud.await("demo");
    assertEquals("UPDATE_ROLLBACK_FAILED", cloud.status("demo"));

    cloud.call(
        ContinueUpdateRollbackRequest.builder().stackName("demo").resourcesToSkip("B").build(),
        SdkPojo.class);
    cloud.await("demo");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
    assertEquals(Set.of(), cloud.fake.existing.keySet());
  }

  @Test
  void aRollbackThatIsContinuedLeavesAloneWhatIsBackAlready() {
    String template =
        """
        Resources:
          A: {Type: Fake::Fake, Properties: {Free: x}}
          B: {Type: Fake::Fake, DependsOn: A, Properties: {Free: x}}
        """;
    cloud.create("demo", template);
    cloud.fake.failing.add("update B");
    cloud.update("demo", template.replace("Free: x", "Free: y"));
    assertEquals("UPDATE_ROLLBACK_FAILED", cloud.status("demo"));
    List<String> there = List.of("update A", "update B");
    assertEquals(there, cloud.fake.calls.subList(2, 4));
    assertEquals(there, cloud.fake.calls.subList(4, cloud.fake.calls.size()));

    cloud.fake.failing.clear();
    cloud.call(ContinueUpdateRollbackRequest.builder().stackName("demo").build(), SdkPojo.class);
    cloud.await("demo");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals(List.of("update B"), cloud.fake.calls.subList(6, cloud.fake.calls.size()));
  }

  @Test
  void aRollbackRetainsWhatTheUpdateMadeNewButNoReplacement() {
    String template =
        "Resources:\n  A: {Type: Fake::Fake, DeletionPolicy: Retain, Properties: {Fixed: one}}\n";
    cloud.create("demo", template);
    var before = Set.copyOf(cloud.fake.existing.keySet());
    cloud.fake.failing.add("create Last");
    cloud.update(
        "demo",
        template.replace("one", "two")
            + "  New: {Type: Fake::Fake, DeletionPolicy: Retain}\n"
            + "  Last: {Type: Fake::Fake, DependsOn: [A, New]}\n");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertTrue(cloud.fake.existing.keySet().containsAll(before), cloud.fake.existing::toString);
    assertEquals(before.size() + 1, cloud.fake.existing.size(), cloud.fake.existing::toString);
    assertTrue(cloud.events("demo").contains("New DELETE_SKIPPED"));
    assertTrue(cloud.events("demo").contains("A DELETE_COMPLETE"));
  }

  @Test
  void aRollbackDeletesWhatIsRetainedExceptOnCreate() {
    String template = "Resources:\n  A: {Type: Fake::Fake}\n";
    cloud.create("demo", template);
    var before = Set.copyOf(cloud.fake.existing.keySet());
    cloud.fake.failing.add("create Last");
    cloud.update(
        "demo",
        template
            + "  New: {Type: Fake::Fake, DeletionPolicy: Retain}\n"
            + "  Last: {Type: Fake::Fake, DependsOn: New}\n",
        request -> request.retainExceptOnCreate(true));
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals(before, cloud.fake.existing.keySet());
  }

  @Test
  void anUpdateAfterARollbackKnowsNothingOfTheUpdateThatFailed() {
    cloud.create("demo", BEFORE);
    cloud.fake.failing.add("create Last");
    cloud.update("demo", REPLACED + "  Last: {Type: Fake::Fake, DependsOn: [B, New]}\n");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    int before = cloud.events("demo").size();
    cloud.update("demo", BEFORE.replace("Free: x", "Free: y"));
    assertEquals(
        List.of(
            "demo UPDATE_IN_PROGRESS: User Initiated",
            "A UPDATE_IN_PROGRESS",
            "A UPDATE_COMPLETE",
            "demo UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "demo UPDATE_COMPLETE"),
        eventsSince(before));
  }

  @Test
  void anUpdateWithoutRollbackCanBeTakenUpAgainOrRolledBack() {
    cloud.create("demo", BEFORE);
    String old = cloud.physicalId("demo", "A");
    cloud.fake.failing.add("create New");
    cloud.update("demo", REPLACED, request -> request.disableRollback(true));
    assertEquals("UPDATE_FAILED", cloud.status("demo"));
    assertTrue(
        cloud
            .refusal(UpdateStackRequest.builder().stackName("demo").templateBody(BEFORE).build())
            .endsWith("is in UPDATE_FAILED state and can not be updated."));

    cloud.fake.failing.clear();
    cloud.update("demo", REPLACED, request -> request.disableRollback(true));
    assertEquals("UPDATE_COMPLETE", cloud.status("demo"));
    assertTrue(!cloud.fake.existing.containsKey(old));
    assertEquals(3, cloud.fake.existing.size());
  }

  @Test
  void rollbackStackTakesAFailedUpdateBack() {
    cloud.create("demo", BEFORE);
    var existing = Map.copyOf(cloud.fake.existing);
    cloud.fake.failing.add("create New");
    cloud.update("demo", REPLACED, request -> request.disableRollback(true));
    cloud.call(RollbackStackRequest.builder().stackName("demo").build(), SdkPojo.class);
    cloud.await("demo");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals(existing, cloud.fake.existing);
  }

  @Test
  void anUpdateCanBeCancelled() throws Exception {
    cloud.create("demo", BEFORE);
    CountDownLatch latch = new CountDownLatch(1);
    cloud.fake.waiting.put("update A", latch);
    cloud.call(
        UpdateStackRequest.builder()
            .stackName("demo")
            .templateBody(BEFORE.replace("Free: x", "Free: y"))
            .build(),
        SdkPojo.class);
    Soon.that("update of A", () -> cloud.fake.calls.contains("update A"));
    cloud.call(CancelUpdateStackRequest.builder().stackName("demo").build(), SdkPojo.class);
    latch.countDown();
    cloud.await("demo");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertTrue(cloud.fake.existing.containsValue("{\"Fixed\":\"one\",\"Free\":\"x\"}"));
    assertEquals(
        "CancelUpdateStack cannot be called from current stack status",
        cloud.refusal(CancelUpdateStackRequest.builder().stackName("demo").build()));
  }

  @Test
  void aReplacementCannotKeepItsName() {
    String template =
        "Resources: {A: {Type: 'Fake::Fake', Properties: {FakeName: mine, Fixed: one}}}";
    cloud.create("demo", template);
    cloud.update("demo", template.replace("one", "two"));
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertTrue(
        cloud
            .events("demo")
            .contains(
                "A UPDATE_FAILED: CloudFormation cannot update a stack when a custom-named resource"
                    + " requires replacing. Rename mine and update the stack again."));
    assertTrue(cloud.fake.existing.containsKey("mine"));
  }

  @Test
  void leftOverThingsDoNotFailAnUpdate() {
    cloud.create("demo", BEFORE);
    cloud.fake.failing.add("delete Old");
    cloud.update("demo", REPLACED);
    assertEquals("UPDATE_COMPLETE", cloud.status("demo"));
    assertEquals(
        "Update successful. One or more resources could not be deleted.",
        cloud.stack("demo").stackStatusReason());
  }

  @Test
  void policiesKeepWhatWasRemovedOrReplaced() {
    String template =
        """
        Resources:
          A: {Type: Fake::Fake, UpdateReplacePolicy: Retain, Properties: {Fixed: one}}
          B: {Type: Fake::Fake, DeletionPolicy: Retain}
          C: {Type: Fake::Fake}
        """;
    cloud.create("demo", template);
    cloud.update("demo", template.replace("one", "two").replaceAll("  B: .*\n", ""));
    assertEquals(4, cloud.fake.existing.size());
    assertTrue(cloud.events("demo").contains("A DELETE_SKIPPED"));
    assertTrue(cloud.events("demo").contains("B DELETE_SKIPPED"));
  }

  @Test
  void theTypeOfAResourceCannotChange() {
    cloud.create("demo", BEFORE);
    assertEquals(
        "Update of resource type is not permitted. The new template modifies resource type of the"
            + " following resources: [Old]",
        cloud.refusal(
            UpdateStackRequest.builder()
                .stackName("demo")
                .templateBody(
                    BEFORE.replace(
                        "Old: {Type: Fake::Fake}",
                        "Old: {Type: Fake::Strict, Properties: {Needed: 1}}"))
                .build()));
  }

  @Test
  void aRolledBackStackCannotBeUpdated() {
    cloud.fake.failing.add("create A");
    cloud.create("demo", BEFORE);
    assertEquals(
        "Stack:"
            + cloud.stack("demo").stackId()
            + " is in ROLLBACK_COMPLETE state and can not be"
            + " updated.",
        cloud.refusal(UpdateStackRequest.builder().stackName("demo").templateBody(BEFORE).build()));
  }
}
