package io.pipelab.workflow.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.TemplateResource;
import io.pipelab.target.Failure;
import io.pipelab.verify.FakeAws;
import io.pipelab.workflow.doctor.Finding.Status;
import io.pipelab.workflow.step.LabInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

class LabProbesTest {
  private static final TargetProbe.Account ACCOUNT =
      new TargetProbe.Account("000000000000", "us-east-1", "aws");
  private static final LabInstance LAB =
      new LabInstance(LabCatalog.in(Path.of("templates")).lab("decoupling"), "");

  private final FakeAws aws = new FakeAws();

  @Test
  void aDatabaseNeedsItsServerOrMaven(@TempDir Path cache) throws IOException {
    List<TemplateResource> database =
        List.of(new TemplateResource("Database", "AWS::RDS::DBInstance", Optional.empty()));
    assertEquals(List.of(), new DatabaseProbe(List.of(), cache, false).look());
    assertEquals(Status.STOPS, status(new DatabaseProbe(database, cache, false)));
    assertEquals(Status.NOTE, status(new DatabaseProbe(database, cache, true)));
    Files.createDirectories(cache.resolve("mariadb-1/server"));
    Files.createDirectories(cache.resolve("mariadb-1/data"));
    assertEquals(Status.NOTE, status(new DatabaseProbe(database, cache, true)));
    Files.createDirectories(cache.resolve("mariadb-1/tls"));
    assertEquals(Status.OK, status(new DatabaseProbe(database, cache, false)));
  }

  private static Status status(DatabaseProbe probe) {
    return probe.look().get(0).status();
  }

  @Test
  void aRoleThatTheLabsStackHoldsIsItsOwn() {
    standingStacks("decoupling");
    aws.on(GetRoleRequest.class, GetRoleResponse.builder().role(Role.builder().build()).build());
    assertEquals(List.of(Status.OK), statuses(names("AWS::IAM::Role", "ours")));
    assertEquals(List.of(Status.STOPS), statuses(names("AWS::IAM::Role", "theirs")));
  }

  @Test
  void aStackOfTheSameNameAndAnotherOriginStops() {
    standingStacks("another");
    List<Finding> findings = new NamesProbe(LAB, List.of(), aws, ACCOUNT).look();
    assertEquals(List.of(Status.STOPS, Status.STOPS), statuses(findings));
    assertTrue(findings.get(0).what().startsWith("stack pipelab-decoupling-"), findings.toString());
  }

  @Test
  void aBucketThatSomebodyElseHasStops() {
    noStacks();
    aws.on(
        HeadBucketRequest.class,
        (HeadBucketRequest r) -> thrown(S3Exception.builder(), 403, "AccessDenied"));
    assertEquals(List.of(Status.STOPS), statuses(names("AWS::S3::Bucket", "theirs")));
  }

  @Test
  void aNameThatMayNotBeLookedAtIsNoted() {
    noStacks();
    aws.on(
        GetRoleRequest.class,
        (GetRoleRequest r) -> thrown(IamException.builder(), 403, "AccessDenied"));
    assertEquals(List.of(Status.NOTE), statuses(names("AWS::IAM::Role", "role")));
  }

  @Test
  void tellsAServiceThatIsNotThereFromOneThatRefuses() {
    aws.on(ListStacksRequest.class, ListStacksResponse.builder().build());
    aws.on(
        ListQueuesRequest.class,
        (ListQueuesRequest r) -> thrown(SqsException.builder(), 501, "NotImplemented"));
    aws.on(
        ListRolesRequest.class,
        (ListRolesRequest r) -> thrown(IamException.builder(), 403, "AccessDenied"));
    List<Finding> findings =
        new ServicesProbe(
                List.of(resource("AWS::SQS::Queue", "q"), resource("AWS::IAM::Role", "r")),
                aws,
                "http://emulator")
            .look();
    assertEquals(List.of(Status.OK, Status.STOPS, Status.NOTE), statuses(findings));
    assertEquals(Failure.Kind.UNSUPPORTED, findings.get(1).stops());
  }

  private List<Finding> names(String type, String name) {
    return new NamesProbe(LAB, List.of(resource(type, name)), aws, ACCOUNT).look();
  }

  private static TemplateResource resource(String type, String name) {
    return new TemplateResource("Thing", type, Optional.of(name));
  }

  private void standingStacks(String lab) {
    Stack stack =
        Stack.builder()
            .stackName("s")
            .stackStatus("CREATE_COMPLETE")
            .tags(t -> t.key("pipelab:lab").value(lab))
            .build();
    aws.on(DescribeStacksRequest.class, DescribeStacksResponse.builder().stacks(stack).build());
    aws.on(
        ListStackResourcesRequest.class,
        ListStackResourcesResponse.builder()
            .stackResourceSummaries(
                StackResourceSummary.builder()
                    .resourceType("AWS::IAM::Role")
                    .physicalResourceId("ours")
                    .build())
            .build());
  }

  private void noStacks() {
    aws.on(
        DescribeStacksRequest.class,
        (DescribeStacksRequest r) ->
            thrown(CloudFormationException.builder(), 400, "ValidationError"));
  }

  private static Object thrown(AwsServiceException.Builder builder, int status, String code) {
    throw builder
        .statusCode(status)
        .message(code)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("it does not exist, or you may not know")
                .build())
        .build();
  }

  private static List<Status> statuses(List<Finding> findings) {
    return findings.stream().map(Finding::status).toList();
  }
}
