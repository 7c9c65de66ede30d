package io.pipelab.workflow.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.References;
import io.pipelab.target.Deadline;
import io.pipelab.target.Failure;
import io.pipelab.target.Poller;
import io.pipelab.target.Target;
import io.pipelab.verify.FakeAws;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A change set is read before it is executed. */
class StackChangesTest {
  private static final LabInstance LAB =
      new LabInstance(LabCatalog.in(Path.of("templates")).lab("decoupling"), "");
  private static final Lab.StackSpec FOUNDATION = LAB.lab().stacks().get(0);

  private final FakeAws aws =
      new FakeAws()
          .on(CreateChangeSetRequest.class, CreateChangeSetResponse.builder().id("arn:set").build())
          .on(DeleteChangeSetRequest.class, DeleteChangeSetResponse.builder().build());

  private Optional<StackChanges> changes() {
    Cloud cloud =
        new Cloud(
            new Target.Endpoint(URI.create("http://x"), null, null),
            aws,
            Poller.near(),
            Deadline.in(Duration.ofMinutes(1)));
    Bindings bindings =
        new Bindings(References.of(LAB.lab()).with("instance.prefix", "").withStandIn("1"));
    StackInput input = new StackInput(LAB, FOUNDATION, "", "r1", bindings);
    return StackChanges.of(input, input.parameters(), Stack.builder().build(), cloud);
  }

  @Test
  void itsPagesAreOneListAndNothingIsExecuted() {
    aws.on(
        DescribeChangeSetRequest.class,
        request ->
            DescribeChangeSetResponse.builder()
                .status(ChangeSetStatus.CREATE_COMPLETE)
                .nextToken(request.nextToken() == null ? "2" : null)
                .changes(change("Add", request.nextToken() == null ? "B" : "A"))
                .build());

    StackChanges changes = changes().orElseThrow();
    changes.discard();

    assertEquals(List.of("add A AWS::X::Y", "add B AWS::X::Y"), changes.lines());
    assertEquals(1, aws.requests(DeleteChangeSetRequest.class).size());
    assertEquals(List.of(), aws.requests(ExecuteChangeSetRequest.class));
  }

  private static Change change(String action, String id) {
    return Change.builder()
        .resourceChange(c -> c.action(action).logicalResourceId(id).resourceType("AWS::X::Y"))
        .build();
  }

  @Test
  void oneWithoutChangesIsNoneAndIsDeleted() {
    failed("The submitted information didn't contain changes. Submit different information.");

    assertEquals(Optional.empty(), changes());
    assertEquals("arn:set", aws.requests(DeleteChangeSetRequest.class).get(0).changeSetName());
  }

  @Test
  void oneThatFailedOtherwiseSaysWhy() {
    failed("Template error");

    assertEquals("Template error", assertThrows(Failure.class, this::changes).why());
  }

  private void failed(String why) {
    aws.on(
        DescribeChangeSetRequest.class,
        DescribeChangeSetResponse.builder()
            .status(ChangeSetStatus.FAILED)
            .statusReason(why)
            .build());
  }

  private static String line(String replacement, String name, String recreation) {
    return StackChanges.line(
        ResourceChange.builder()
            .action("Modify")
            .logicalResourceId("F")
            .resourceType("AWS::Lambda::Function")
            .replacement(replacement)
            .details(
                detail ->
                    detail.target(
                        target ->
                            target
                                .attribute("Properties")
                                .name(name)
                                .requiresRecreation(recreation)),
                detail -> detail.target(target -> target.attribute("Tags")))
            .build());
  }

  @Test
  void aChangeSaysWhatIsReplacedAndWhy() {
    assertEquals(
        "modify F AWS::Lambda::Function: MemorySize, Tags", line("False", "MemorySize", "Never"));
    assertEquals(
        "replace F AWS::Lambda::Function: PackageType needs a new one",
        line("True", "PackageType", "Always"));
    assertEquals(
        "modify F AWS::Lambda::Function: Role, which may need a new one",
        line("Conditional", "Role", "Conditionally"));
  }
}
