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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

class DeployStackTest {
  private static final LabInstance LAB =
      new LabInstance(LabCatalog.in(Path.of("templates")).lab("decoupling"), "");
  private static final Lab.StackSpec FOUNDATION = LAB.lab().stacks().get(0);

  private final FakeAws aws = new FakeAws();

  @Test
  void aLineThatCloudFormationNamesIsOfTheTemplatesFile() {
    refuse("Template error: Unsupported property Colour (line 108); Unsupported type (line 7)");

    Failure failure = assertThrows(Failure.class, this::deploy);

    assertEquals(
        "CloudFormation on target http://x refused the template " + FOUNDATION.template() + ":108",
        failure.what());
    assertEquals(
        "Template error: Unsupported property Colour (line 108); Unsupported type (line 7)",
        failure.why());
    assertEquals(Failure.Kind.REFUSED, failure.kind());
  }

  @Test
  void aMistakeWithoutALineNamesTheFile() {
    refuse("Template format error: Unresolved resource dependencies [X]");

    assertEquals(
        "CloudFormation on target http://x refused the template " + FOUNDATION.template(),
        assertThrows(Failure.class, this::deploy).what());
  }

  @Test
  void whatIsNotAboutTheTemplateIsLeftAsItIs() {
    refuse("Rate exceeded");

    assertThrows(CloudFormationException.class, this::deploy);
  }

  private void refuse(String message) {
    aws.on(
        DescribeStacksRequest.class,
        request -> {
          throw error("Stack with id x does not exist");
        });
    aws.on(
        CreateStackRequest.class,
        request -> {
          throw error(message);
        });
    aws.on(
        UpdateStackRequest.class,
        request -> {
          throw error(message);
        });
  }

  private static CloudFormationException error(String message) {
    return (CloudFormationException)
        CloudFormationException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationError")
                    .errorMessage(message)
                    .serviceName("CloudFormation")
                    .build())
            .message(message)
            .build();
  }

  private void deploy() {
    Cloud cloud =
        new Cloud(
            new Target.Endpoint(URI.create("http://x"), null, null),
            aws,
            Poller.near(),
            Deadline.in(Duration.ofMinutes(1)));
    Bindings bindings =
        new Bindings(References.of(LAB.lab()).with("instance.prefix", "").withStandIn("1"));
    new DeployStack(LAB, FOUNDATION, "", "r1", cloud, bindings).run(event -> {});
  }
}
