package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipelab.local.Soon;
import io.pipelab.local.kernel.ToldEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeletionMode;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.RollbackStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateTerminationProtectionRequest;

class StackCreationTest {
  private static final String CHAIN =
      """
      Resources:
        A: {Type: Fake::Fake, Properties: {Free: !Ref B}}
        B: {Type: Fake::Fake, Properties: {FakeName: bee}}
      Outputs:
        Arn: {Value: !GetAtt A.Arn, Description: its ARN}
        Late: {Value: !GetAtt B.Late}
      """;

  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void aStackIsCreatedInOrderAndItsEventsTellOfIt() {
    cloud.create("demo", CHAIN);
    assertEquals(
        List.of(
            "demo CREATE_IN_PROGRESS: User Initiated",
            "B CREATE_IN_PROGRESS",
            "B CREATE_IN_PROGRESS: Resource creation Initiated",
            "B CREATE_COMPLETE",
            "A CREATE_IN_PROGRESS",
            "A CREATE_IN_PROGRESS: Resource creation Initiated",
            "A CREATE_COMPLETE",
            "demo CREATE_COMPLETE"),
        cloud.events("demo"));
    assertEquals("{\"Free\":\"bee\"}", cloud.fake.existing.get(cloud.physicalId("demo", "A")));
    assertTrue(cloud.physicalId("demo", "A").matches("demo-A-[A-Za-z0-9]{12}"));
  }

  @Test
  void eventBridgeIsToldWhatTheEventsTell() {
    List<ToldEvents.Told> told = new CopyOnWriteArrayList<>();
    cloud.cloudFormation.connect(new ToldEvents(told));
    cloud.create("demo", CHAIN);
    String id = cloud.stack("demo").stackId();
    assertTrue(told.stream().allMatch(each -> each.source().equals("aws.cloudformation")));
    assertTrue(told.stream().allMatch(each -> each.resources().equals(List.of(id))));
    assertEquals(
        cloud.events("demo"),
        told.stream().map(each -> line(each.detail(), each.detailType())).toList());
    JsonNode made = told.get(6).detail();
    assertEquals(id, made.path("stack-id").asText());
    assertEquals(cloud.physicalId("demo", "A"), made.path("physical-resource-id").asText());
    assertEquals("Fake::Fake", made.path("resource-type").asText());
    assertEquals(
        "{\"stack-id\":\"ID\",\"status-details\":{\"status\":\"CREATE_COMPLETE\","
            + "\"detailed-status\":\"\",\"status-reason\":\"\"},\"client-request-token\":\"\"}",
        told.get(7).detail().toString().replace(id, "ID"));
  }

  /** As a stack's events are written in these tests. */
  private static String line(JsonNode detail, String detailType) {
    boolean resource = detailType.equals("CloudFormation Resource Status Change");
    JsonNode status = detail.path("status-details");
    String reason = status.path("status-reason").asText();
    return (resource ? detail.path("logical-resource-id").asText() : "demo")
        + " "
        + status.path("status").asText()
        + (reason.isEmpty() ? "" : ": " + reason);
  }

  @Test
  void outputsAreResolvedAlsoFromWhatIsKnownLate() {
    cloud.create("demo", CHAIN);
    Map<String, String> outputs = new TreeMap<>();
    cloud.stack("demo").outputs().forEach(o -> outputs.put(o.outputKey(), o.outputValue()));
    assertEquals(
        Map.of("Arn", "arn:fake:" + cloud.physicalId("demo", "A"), "Late", "late"), outputs);
  }

  @Test
  void independentResourcesAreMadeAtOnce() throws InterruptedException {
    StringBuilder template = new StringBuilder("Resources:\n");
    CountDownLatch all = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      template.append("  R").append(i).append(": {Type: Fake::Fake}\n");
      cloud.fake.waiting.put("create R" + i, all);
    }
    CreateStackRequest request =
        CreateStackRequest.builder().stackName("wide").templateBody(template.toString()).build();
    cloud.call(request, SdkPojo.class);
    Soon.that("all twenty are under way together", () -> cloud.fake.calls.size() == 20);
    all.countDown();
    cloud.await("wide");
    assertEquals("CREATE_COMPLETE", cloud.status("wide"));
  }

  @Test
  void anErrorInAResourceTypeFailsTheResourceAndTheStackEnds() {
    cloud.fake.breaking.add("create A");
    cloud.create("demo", CHAIN);
    assertEquals("ROLLBACK_COMPLETE", cloud.status("demo"));
    assertTrue(
        cloud
            .events("demo")
            .contains(
                "A CREATE_FAILED: Resource handler returned message: \"java.lang.StackOverflowError:"
                    + " in create A\" (HandlerErrorCode: InternalFailure)"),
        () -> cloud.events("demo").toString());
    assertEquals(Map.of(), cloud.fake.existing);
  }

  @Test
  void anErrorInADeletionFailsTheDeletion() {
    cloud.create("demo", CHAIN);
    cloud.fake.breaking.add("delete B");
    assertEquals("DELETE_FAILED", cloud.delete("demo"));
    assertTrue(
        cloud.events("demo").stream().anyMatch(each -> each.startsWith("B DELETE_FAILED: ")),
        () -> cloud.events("demo").toString());
    cloud.fake.breaking.clear();
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
  }

  @Test
  void theFirstFailureIsKeptAndEverythingIsTakenBack() {
    cloud.fake.waiting.put("stabilise Slow", new CountDownLatch(1)); // never opened
    cloud.fake.failing.add("create Bad");
    cloud.create(
        "demo",
        """
        Resources:
          Base: {Type: Fake::Fake}
          Slow: {Type: Fake::Fake, DependsOn: Base}
          Bad: {Type: Fake::Fake, DependsOn: Base}
          Never: {Type: Fake::Fake, DependsOn: Bad}
        """);
    assertEquals("ROLLBACK_COMPLETE", cloud.status("demo"));
    List<String> events = cloud.events("demo");
    assertTrue(
        events.contains(
            "Bad CREATE_FAILED: Resource handler returned message: \"cannot create Bad (Service:"
                + " Fake, Status Code: 400, Error Code: FakeAlreadyExists)\" (HandlerErrorCode:"
                + " AlreadyExists)"),
        events::toString);
    assertTrue(
        events.stream().noneMatch(each -> each.startsWith("Never")), "Never was never begun");
    assertEquals(Map.of(), cloud.fake.existing);
    assertEquals("delete Base", cloud.fake.calls.get(cloud.fake.calls.size() - 1));
  }

  @Test
  void whatWaitsToBecomeStableIsCancelledAndDeleted() throws InterruptedException {
    CountDownLatch bad = new CountDownLatch(1);
    cloud.fake.waiting.put("create Bad", bad);
    cloud.fake.waiting.put("stabilise Slow", new CountDownLatch(1)); // never opened
    cloud.fake.failing.add("create Bad");
    String template = "Resources: {Slow: {Type: 'Fake::Fake'}, Bad: {Type: 'Fake::Fake'}}";
    cloud.call(
        CreateStackRequest.builder().stackName("demo").templateBody(template).build(),
        SdkPojo.class);
    Soon.that("a resource exists", () -> !cloud.fake.existing.isEmpty());
    bad.countDown();
    cloud.await("demo");
    List<String> events = cloud.events("demo");
    assertTrue(
        events.contains("Slow CREATE_FAILED: Resource creation cancelled"), events::toString);
    assertTrue(
        events.contains(
            "demo ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad, Slow]."
                + " Rollback requested by user."),
        events::toString);
    assertEquals(Map.of(), cloud.fake.existing);
  }

  @Test
  void onFailureDecidesWhatIsLeft() {
    cloud.fake.failing.add("create Bad");
    String template =
        "Resources: {Good: {Type: 'Fake::Fake'}, Bad: {Type: 'Fake::Fake', DependsOn: Good}}";
    cloud.create("kept", template, request -> request.onFailure(OnFailure.DO_NOTHING));
    assertEquals("CREATE_FAILED", cloud.status("kept"));
    assertEquals(1, cloud.fake.existing.size());

    cloud.call(RollbackStackRequest.builder().stackName("kept").build(), SdkPojo.class);
    cloud.await("kept");
    assertEquals("ROLLBACK_COMPLETE", cloud.status("kept"));
    assertEquals(0, cloud.fake.existing.size());

    String id =
        cloud
            .call(
                CreateStackRequest.builder()
                    .stackName("gone")
                    .templateBody(template)
                    .onFailure(OnFailure.DELETE)
                    .build(),
                CreateStackResponse.class)
            .stackId();
    cloud.await(id);
    assertEquals("DELETE_COMPLETE", cloud.status(id));
  }

  @Test
  void aRetainedResourceStaysUnlessItsPolicySaysExceptOnCreate() {
    cloud.fake.failing.add("create Bad");
    cloud.create(
        "demo",
        """
        Resources:
          Kept: {Type: Fake::Fake, DeletionPolicy: Retain}
          Dropped: {Type: Fake::Fake, DeletionPolicy: RetainExceptOnCreate}
          Bad: {Type: Fake::Fake, DependsOn: [Kept, Dropped]}
        """);
    assertEquals(Set.of(cloud.physicalId("demo", "Kept")), cloud.fake.existing.keySet());
    assertTrue(cloud.events("demo").contains("Kept DELETE_SKIPPED"));
  }

  @Test
  void deletionRunsBackwards() {
    cloud.create("demo", CHAIN);
    String id = cloud.stack("demo").stackId();
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
    assertEquals(
        List.of("create B", "create A", "delete A", "delete B"), List.copyOf(cloud.fake.calls));
    assertEquals(
        "Stack with id demo does not exist",
        cloud.refusal(DescribeStacksRequest.builder().stackName("demo").build()));
    assertEquals("DELETE_COMPLETE", cloud.status(id));
    List<String> listed = new ArrayList<>();
    cloud
        .call(ListStacksRequest.builder().build(), ListStacksResponse.class)
        .stackSummaries()
        .forEach(each -> listed.add(each.stackName() + " " + each.stackStatusAsString()));
    assertEquals(List.of("demo DELETE_COMPLETE"), listed);
  }

  @Test
  void whatCannotBeDeletedFailsTheStackAndCanBeRetriedOrLeftBehind() {
    cloud.create("demo", CHAIN);
    cloud.fake.failing.add("delete A");
    assertEquals("DELETE_FAILED", cloud.delete("demo"));
    assertEquals(
        "The following resource(s) failed to delete: [A].",
        cloud.stack("demo").stackStatusReason());
    assertTrue(cloud.fake.existing.containsKey("bee"), "B is needed by A, which still exists");

    String id = cloud.stack("demo").stackId();
    cloud.call(
        DeleteStackRequest.builder()
            .stackName("demo")
            .deletionMode(DeletionMode.FORCE_DELETE_STACK)
            .build(),
        SdkPojo.class);
    cloud.await(id);
    assertEquals("DELETE_COMPLETE", cloud.status(id));
    assertTrue(cloud.events(id).stream().anyMatch(each -> each.startsWith("A DELETE_SKIPPED")));
  }

  @Test
  void aResourceThatFailsToDeleteCanBeRetained() {
    cloud.create("demo", CHAIN);
    cloud.fake.failing.add("delete A");
    cloud.delete("demo");
    String id = cloud.stack("demo").stackId();
    cloud.call(
        DeleteStackRequest.builder().stackName("demo").retainResources("A").build(), SdkPojo.class);
    cloud.await(id);
    assertEquals("DELETE_COMPLETE", cloud.status(id));
  }

  @Test
  void aStackCanBeDeletedWhileItIsCreated() throws Exception {
    cloud.fake.waiting.put("stabilise B", new CountDownLatch(1)); // never opened
    cloud.call(
        CreateStackRequest.builder().stackName("demo").templateBody(CHAIN).build(), SdkPojo.class);
    Soon.that("a resource exists", () -> !cloud.fake.existing.isEmpty());
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
    assertEquals(Map.of(), cloud.fake.existing);
  }

  @Test
  void aStackThatDoesNotExistIsDeletedAlready() {
    cloud.call(DeleteStackRequest.builder().stackName("nobody").build(), SdkPojo.class);
  }

  @Test
  void terminationProtectionHolds() {
    cloud.create("demo", CHAIN, request -> request.enableTerminationProtection(true));
    assertEquals(
        "Stack [demo] cannot be deleted while TerminationProtection is enabled",
        cloud.refusal(DeleteStackRequest.builder().stackName("demo").build()));
    cloud.call(
        UpdateTerminationProtectionRequest.builder()
            .stackName("demo")
            .enableTerminationProtection(false)
            .build(),
        SdkPojo.class);
    assertEquals("DELETE_COMPLETE", cloud.delete("demo"));
  }

  @Test
  void aRequestTokenMakesTheSecondRequestTheFirst() {
    CreateStackRequest request =
        CreateStackRequest.builder()
            .stackName("demo")
            .templateBody(CHAIN)
            .clientRequestToken("t-1")
            .build();
    String id = cloud.call(request, CreateStackResponse.class).stackId();
    assertEquals(id, cloud.call(request, CreateStackResponse.class).stackId());
    assertEquals(
        "AlreadyExistsException: Stack [demo] already exists",
        cloud.refusal(request.toBuilder().clientRequestToken("t-2").build()));
    assertEquals(
        "t-1",
        cloud
            .call(
                DescribeStackEventsRequest.builder().stackName("demo").build(),
                DescribeStackEventsResponse.class)
            .stackEvents()
            .get(0)
            .clientRequestToken());
  }

  @Test
  void secretsAreMasked() {
    cloud.create(
        "demo",
        """
        Parameters: {Password: {Type: String, NoEcho: true, Default: hush}}
        Resources: {A: {Type: 'Fake::Fake', Properties: {Free: !Ref Password}}}
        """);
    assertEquals("****", cloud.stack("demo").parameters().get(0).parameterValue());
    assertTrue(cloud.fake.existing.containsValue("{\"Free\":\"hush\"}"));
  }

  @Test
  void tagsReachTheResources() {
    cloud.create("demo", CHAIN, r -> r.tags(Tag.builder().key("lab").value("x").build()));
    assertEquals("lab", cloud.stack("demo").tags().get(0).key());
    assertEquals(
        "aws: prefixed tag key names are not allowed for external use.",
        cloud.refusal(
            CreateStackRequest.builder()
                .stackName("two")
                .templateBody(CHAIN)
                .tags(Tag.builder().key("aws:x").value("x").build())
                .build()));
  }

  @Test
  void aRequiredPropertyThatComesToNothingFailsTheResource() {
    cloud.create(
        "demo",
        """
        Conditions: {Never: !Equals [a, b]}
        Resources:
          A:
            Type: Fake::Strict
            Properties: {Needed: !If [Never, x, !Ref AWS::NoValue]}
        """);
    assertTrue(
        cloud
            .events("demo")
            .contains(
                "A CREATE_FAILED: Properties validation failed for resource A with message:\n"
                    + "#: required key [Needed] not found"));
  }

  @Test
  void eventsArePagedFromTheNewest() {
    StringBuilder template = new StringBuilder("Resources:\n");
    for (int i = 0; i < 50; i++) {
      template.append("  R").append(i).append(": {Type: Fake::Fake}\n");
    }
    cloud.create("demo", template.toString());
    DescribeStackEventsRequest request =
        DescribeStackEventsRequest.builder().stackName("demo").build();
    DescribeStackEventsResponse first = cloud.call(request, DescribeStackEventsResponse.class);
    DescribeStackEventsResponse second =
        cloud.call(
            request.toBuilder().nextToken(first.nextToken()).build(),
            DescribeStackEventsResponse.class);
    assertEquals(100, first.stackEvents().size());
    assertEquals("CREATE_COMPLETE", first.stackEvents().get(0).resourceStatusAsString());
    assertEquals(52, second.stackEvents().size());
    assertEquals("User Initiated", second.stackEvents().get(51).resourceStatusReason());
  }

  @Test
  void anOperationEndsWhenTheCloudCloses() throws Exception {
    cloud.fake.waiting.put("create B", new CountDownLatch(1)); // never opened
    // Else the operation might take the interrupt of its resource for a failure, and roll back.
    AtomicBoolean endedBefore = new AtomicBoolean();
    cloud.fake.onInterrupt =
        () -> endedBefore.set(cloud.cloudFormation.engine().stacks().get("demo").idle().isDone());
    cloud.call(
        CreateStackRequest.builder().stackName("demo").templateBody(CHAIN).build(), SdkPojo.class);
    Soon.that("creation of B", () -> !cloud.fake.calls.isEmpty());
    cloud.close();
    cloud.await("demo");
    assertTrue(endedBefore.get());
    assertEquals("CREATE_IN_PROGRESS", cloud.status("demo"));
  }
}
