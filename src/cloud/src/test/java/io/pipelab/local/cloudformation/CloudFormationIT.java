package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.wire.LoopbackGateway;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The service as the SDK's client sees it, over the gateway. */
class CloudFormationIT {
  private static final String TEMPLATE =
      """
      Description: a lab & its <queue>
      Parameters:
        Size: {Type: Number, Default: 1}
      Resources:
        A: {Type: Fake::Fake, Metadata: {why: "a & b"}, Properties: {Fixed: !Ref Size}}
        B: {Type: Fake::Fake, Properties: {Free: !Ref A}}
        R: {Type: AWS::IAM::Role}
      Outputs:
        Arn: {Value: !GetAtt A.Arn, Export: {Name: !Sub '${AWS::StackName}-arn'}}
      """;

  private final FakeCloud cloud = new FakeCloud();
  private final LoopbackGateway gateway = new LoopbackGateway();
  private CloudFormationClient client;

  @BeforeEach
  void serve() {
    gateway.serve(cloud.clock, cloud.cloudFormation);
    client =
        gateway.client(CloudFormationClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    cloud.close();
  }

  private void create() {
    client.createStack(
        r ->
            r.stackName("demo")
                .templateBody(TEMPLATE)
                .parameters(Parameter.builder().parameterKey("Size").parameterValue("2").build())
                .tags(Tag.builder().key("pipelab:lab").value("demo").build())
                .capabilities(Capability.CAPABILITY_IAM));
    cloud.await("demo");
  }

  @Test
  void aStackLivesAndDies() {
    create();
    Stack stack = client.describeStacks(r -> r.stackName("demo")).stacks().get(0);
    assertEquals(StackStatus.CREATE_COMPLETE, stack.stackStatus());
    assertEquals("a lab & its <queue>", stack.description());
    assertEquals("demo-arn", stack.outputs().get(0).exportName());
    assertEquals("2", stack.parameters().get(0).parameterValue());
    assertEquals("pipelab:lab", stack.tags().get(0).key());
    assertTrue(stack.creationTime().isAfter(Instant.parse("2029-12-31T23:59:59Z")));
    List<StackEvent> events =
        client.describeStackEventsPaginator(r -> r.stackName("demo")).stackEvents().stream()
            .toList();
    assertEquals("User Initiated", events.get(events.size() - 1).resourceStatusReason());
    assertEquals(
        "{\"why\":\"a & b\"}",
        client
            .describeStackResource(r -> r.stackName("demo").logicalResourceId("A"))
            .stackResourceDetail()
            .metadata());
    assertEquals(
        3, client.describeStackResources(r -> r.stackName("demo")).stackResources().size());
    assertEquals(TEMPLATE, client.getTemplate(r -> r.stackName("demo")).templateBody());
    client.deleteStack(r -> r.stackName("demo"));
    cloud.await(stack.stackId());
    assertEquals(
        StackStatus.DELETE_COMPLETE,
        client.describeStacks(r -> r.stackName(stack.stackId())).stacks().get(0).stackStatus());
  }

  @Test
  void aChangeSetReplaces() {
    create();
    client.createChangeSet(
        r ->
            r.stackName("demo")
                .changeSetName("bigger")
                .changeSetType(ChangeSetType.UPDATE)
                .usePreviousTemplate(true)
                .capabilities(Capability.CAPABILITY_IAM)
                .parameters(Parameter.builder().parameterKey("Size").parameterValue("3").build()));
    var waited =
        client
            .waiter()
            .waitUntilChangeSetCreateComplete(r -> r.stackName("demo").changeSetName("bigger"));
    ResourceChange change =
        waited.matched().response().orElseThrow().changes().get(0).resourceChange();
    assertEquals("A", change.logicalResourceId());
    assertEquals(Replacement.TRUE, change.replacement());
    client.executeChangeSet(r -> r.stackName("demo").changeSetName("bigger"));
    cloud.await("demo");
    client.waiter().waitUntilStackUpdateComplete(r -> r.stackName("demo"));
  }

  @Test
  void errorsAreTheClientsOwn() {
    CloudFormationException missing =
        assertThrows(
            CloudFormationException.class, () -> client.describeStacks(r -> r.stackName("nobody")));
    assertEquals("ValidationError", missing.awsErrorDetails().errorCode());
    assertEquals("Stack with id nobody does not exist", missing.awsErrorDetails().errorMessage());
    assertThrows(
        InsufficientCapabilitiesException.class,
        () -> client.createStack(r -> r.stackName("demo").templateBody(TEMPLATE)));
    create();
    assertThrows(AlreadyExistsException.class, this::create);
    assertThrows(
        ChangeSetNotFoundException.class,
        () -> client.describeChangeSet(r -> r.stackName("demo").changeSetName("none")));
    CloudFormationException unsupported =
        assertThrows(
            CloudFormationException.class,
            () -> client.estimateTemplateCost(r -> r.templateBody(TEMPLATE)));
    assertTrue(
        unsupported.awsErrorDetails().errorMessage().contains("EstimateTemplateCost"),
        unsupported.getMessage());
  }
}
