package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.Soon;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Export;
import software.amazon.awssdk.services.cloudformation.model.ListExportsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListExportsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListImportsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListImportsResponse;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

class ExportsTest {
  private static final String EXPORTING =
      """
      Resources: {A: {Type: 'Fake::Fake', Properties: {FakeName: vpc}}}
      Outputs: {O: {Value: !Ref A, Export: {Name: !Sub '${AWS::StackName}-vpc'}}}
      """;
  private static final String IMPORTING =
      "Resources: {B: {Type: 'Fake::Fake', Properties: {Free: !ImportValue base-vpc}}}";

  private final FakeCloud cloud = new FakeCloud();

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void anExportCrossesStacks() {
    cloud.create("base", EXPORTING);
    cloud.create("app", IMPORTING);
    assertTrue(cloud.fake.existing.containsValue("{\"Free\":\"vpc\"}"));
    assertEquals(
        "vpc",
        cloud
            .call(ListExportsRequest.builder().build(), ListExportsResponse.class)
            .exports()
            .get(0)
            .value());
    assertEquals(
        List.of("app"),
        cloud
            .call(
                ListImportsRequest.builder().exportName("base-vpc").build(),
                ListImportsResponse.class)
            .imports());
  }

  @Test
  void whatIsInUseCannotBeDeletedOrChanged() {
    cloud.create("base", EXPORTING);
    cloud.create("app", IMPORTING);
    cloud.call(DeleteStackRequest.builder().stackName("base").build(), SdkPojo.class);
    assertEquals("CREATE_COMPLETE", cloud.status("base"));
    assertEquals(
        "Delete canceled. Cannot delete export base-vpc as it is in use by app.",
        cloud.stack("base").stackStatusReason());

    cloud.update("base", EXPORTING.replace("FakeName: vpc", "FakeName: other"));
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("base"));
    assertTrue(
        cloud
            .events("base")
            .contains(
                "base UPDATE_ROLLBACK_IN_PROGRESS: Export base-vpc cannot be updated as it is in"
                    + " use by app"));

    cloud.delete("app");
    assertEquals("DELETE_COMPLETE", cloud.delete("base"));
  }

  @Test
  void aDeletionEndsTheStacksOwnExportsAlone() {
    cloud.create("base", EXPORTING);
    cloud.create("other", EXPORTING.replace("FakeName: vpc", "FakeName: v2"));
    assertEquals(List.of("base-vpc", "other-vpc"), exports());
    assertEquals("DELETE_COMPLETE", cloud.delete("base"));
    assertEquals(List.of("other-vpc"), exports());
  }

  private List<String> exports() {
    return cloud
        .call(ListExportsRequest.builder().build(), ListExportsResponse.class)
        .exports()
        .stream()
        .map(Export::name)
        .sorted()
        .toList();
  }

  @Test
  void anUpdateBeginsAndEndsImports() {
    String plain = "Resources: {B: {Type: 'Fake::Fake', Properties: {Free: x}}}";
    cloud.create("base", EXPORTING);
    cloud.create("app", plain);
    cloud.update("app", IMPORTING);
    cloud.call(DeleteStackRequest.builder().stackName("base").build(), SdkPojo.class);
    assertEquals(
        "Delete canceled. Cannot delete export base-vpc as it is in use by app.",
        cloud.stack("base").stackStatusReason());
    cloud.update("app", plain);
    assertEquals("DELETE_COMPLETE", cloud.delete("base"));
  }

  @Test
  void whatAnUpdateInProgressImportsIsInUse() throws Exception {
    cloud.create("base", EXPORTING);
    cloud.create("app", "Resources: {B: {Type: 'Fake::Fake', Properties: {Free: x}}}");
    CountDownLatch latch = new CountDownLatch(1);
    cloud.fake.waiting.put("update B", latch);
    cloud.call(
        UpdateStackRequest.builder().stackName("app").templateBody(IMPORTING).build(),
        SdkPojo.class);
    Soon.that("update of B", () -> cloud.fake.calls.contains("update B"));
    cloud.call(DeleteStackRequest.builder().stackName("base").build(), SdkPojo.class);
    cloud.await("base");
    latch.countDown();
    cloud.await("app");
    assertEquals("CREATE_COMPLETE", cloud.status("base"));
    assertEquals("UPDATE_COMPLETE", cloud.status("app"));
  }

  @Test
  void anUpdateThatIsTakenBackImportsNothing() {
    cloud.create("base", EXPORTING);
    cloud.create("app", "Resources: {B: {Type: 'Fake::Fake', Properties: {Free: x}}}");
    cloud.fake.failing.add("create C");
    cloud.update(
        "app",
        """
        Resources:
          B: {Type: Fake::Fake, Properties: {Free: !ImportValue base-vpc}}
          C: {Type: Fake::Fake, DependsOn: B}
        """);
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("app"));
    assertEquals("DELETE_COMPLETE", cloud.delete("base"));
  }

  @Test
  void anExportThatIsMissingOrTakenRollsBack() {
    cloud.create("app", IMPORTING);
    assertEquals(
        List.of(
            "app CREATE_IN_PROGRESS: User Initiated",
            "app ROLLBACK_IN_PROGRESS: No export named base-vpc found. Rollback requested by user.",
            "app ROLLBACK_COMPLETE"),
        cloud.events("app"));
    cloud.create("base", EXPORTING);
    cloud.create("copy", EXPORTING.replace("${AWS::StackName}", "base").replace("vpc}", "v2}"));
    assertTrue(
        cloud
            .events("copy")
            .contains(
                "copy ROLLBACK_IN_PROGRESS: Export with name base-vpc is already exported by stack"
                    + " base. Rollback requested by user."));
  }
}
