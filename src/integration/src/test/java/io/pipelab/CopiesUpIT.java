package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.CloudInProcess;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import io.pipelab.workflow.stack.Stacks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Which copy of a lab a command means that names none, by what is up. */
class CopiesUpIT {
  private static final String TOPIC =
      "{\"Resources\": {\"Topic\": {\"Type\": \"AWS::SNS::Topic\"}}}";
  private static final String NETWORK =
      """
      Resources:
        Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
      """;
  private static final String FUNCTION =
      """
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}
        Function:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: %s
            Runtime: java17
            Handler: none.Such::handleRequest
            Role: !GetAtt Role.Arn
            Code: {S3Bucket: code, S3Key: code.zip}
      """;

  @TempDir static Path folder;
  private static CloudInProcess cloud;
  private static SdkClients clients;
  private static InProcess pipelab;

  @BeforeAll
  static void startCloud() throws IOException {
    pipelab = InProcess.in(folder);
    cloud = CloudInProcess.start(folder.resolve("cloud"));
    clients = new SdkClients(() -> Connection.embedded(cloud.endpoint(), "us-east-1"), "test");
    clients.s3().createBucket(create -> create.bucket("code"));
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("none/Such.class"));
    }
    clients
        .s3()
        .putObject(
            put -> put.bucket("code").key("code.zip"), RequestBody.fromBytes(zip.toByteArray()));
  }

  @AfterAll
  static void stopCloud() {
    clients.close();
    cloud.close();
  }

  @AfterEach
  void nothingIsUp() throws Exception {
    assertEquals(0, run("down", "--all").exitCode());
    assertEquals(List.of(), new Stacks(clients.cloudFormation()).copies());
  }

  @Test
  void theOneCopyThatIsUpIsMeant() throws Exception {
    up("job-offers", "two", TOPIC);
    Launched.Ended status = run("status");
    assertTrue(status.out().contains("lab job-offers --instance two is up"), status.out());
    Launched.Ended down = run("down");
    assertEquals(0, down.exitCode(), down.err());
    assertTrue(down.out().contains("lab job-offers --instance two is down"), down.out());
    assertEquals(List.of(), new Stacks(clients.cloudFormation()).copies());
  }

  @Test
  void ofSeveralTheUserHasToNameOne() throws Exception {
    up("decoupling", "", TOPIC);
    up("job-offers", "two", TOPIC);
    for (List<String> command :
        List.of(
            List.of("status"),
            List.of("down"),
            List.of("verify"),
            List.of("load-queue", "--count", "5"),
            List.of("up"),
            List.of("logs"),
            List.of("call", "GET", "/"))) {
      Launched.Ended outcome = run(command.toArray(String[]::new));
      assertEquals(2, outcome.exitCode(), command + outcome.err());
      assertTrue(
          outcome.err().contains("decoupling, job-offers --instance two"), command + outcome.err());
    }
    assertEquals(2, new Stacks(clients.cloudFormation()).copies().size());
    Launched.Ended one = run("status", "--instance", "two");
    assertTrue(one.out().contains("lab job-offers --instance two is up"), one.out());
  }

  @Test
  void whenNothingIsUpTheFirstLabIsMeant() throws Exception {
    Launched.Ended status = run("status");
    assertTrue(status.out().contains("lab decoupling is not up"), status.out() + status.err());
  }

  @Test
  void aLabWhoseManifestIsNotHereGoesDownByItsTags() throws Exception {
    up("mine", "", TOPIC);
    up("decoupling", "two", TOPIC);
    Launched.Ended verify = run("verify", "--instance", "");
    assertEquals(2, verify.exitCode(), verify.err());
    assertTrue(verify.err().contains("its lab.yaml is not here"), verify.err());
    Launched.Ended down = run("down", "--all");
    assertEquals(0, down.exitCode(), down.err());
    assertTrue(down.out().contains("decoupling --instance two, mine"), down.out());
    assertEquals(List.of(), new Stacks(clients.cloudFormation()).copies());
    assertTrue(clients.sns().listTopics().topics().isEmpty());
    up("mine", "", TOPIC);
    assertEquals(0, run("down", "mine").exitCode());
  }

  @Test
  void aStackThatCannotBeDeletedIsListedAndKeepsNoOtherUp() throws Exception {
    up("decoupling", "", NETWORK);
    up("job-offers", "two", TOPIC);
    String vpc =
        clients
            .cloudFormation()
            .describeStackResource(
                of -> of.stackName("pipelab-decoupling-lab").logicalResourceId("Network"))
            .stackResourceDetail()
            .physicalResourceId();
    String subnet =
        clients
            .ec2()
            .createSubnet(create -> create.vpcId(vpc).cidrBlock("10.0.1.0/24"))
            .subnet()
            .subnetId();
    for (List<String> command : List.of(List.of("down", "--all"), List.of("down", "decoupling"))) {
      Launched.Ended down = run(command.toArray(String[]::new));
      assertEquals(6, down.exitCode(), down.told());
      assertTrue(
          down.out().contains("1 left:\n  AWS::CloudFormation::Stack pipelab-decoupling-lab\n"),
          down.told());
      assertTrue(down.err().contains("DependencyViolation"), down.told());
      assertEquals(
          List.of("decoupling"),
          new Stacks(clients.cloudFormation()).copies().stream().map(copy -> copy.lab()).toList());
    }
    clients.ec2().deleteSubnet(delete -> delete.subnetId(subnet));
  }

  @Test
  void aFunctionIsFoundInTheLabThatHasIt() throws Exception {
    up("image-resize", "", FUNCTION.formatted("resize"));
    up("job-offers", "two", FUNCTION.formatted("two-job_api_lambda"));
    Launched.Ended there = run("deploy-function", "job_api_lambda", "--jar", jar());
    // Its stacks are no whole lab, which is found out after it was found.
    assertTrue(there.err().contains("Find lab job-offers --instance two"), there.err());
    Launched.Ended nowhere = run("deploy-function", "no_such_function", "--jar", jar());
    assertEquals(2, nowhere.exitCode(), nowhere.err());
    assertTrue(nowhere.err().contains("image-resize, job-offers --instance two"), nowhere.err());
  }

  @Test
  void aFolderWithoutLabsSaysSo() throws Exception {
    Path empty = Files.createTempDirectory(folder, "empty");
    for (String command : List.of("labs", "status", "up", "down")) {
      Launched.Ended outcome = run(command, "--lab-dir", empty.toString());
      assertEquals(2, outcome.exitCode(), command + outcome.err());
      assertTrue(outcome.err().contains("there is no lab in"), command + outcome.err());
    }
  }

  private static String jar() {
    try {
      return Files.writeString(folder.resolve("some.jar"), "").toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void up(String lab, String instance, String template) {
    String name = "pipelab-" + (instance.isEmpty() ? "" : instance + "-") + lab + "-lab";
    clients
        .cloudFormation()
        .createStack(
            create ->
                create
                    .stackName(name)
                    .templateBody(template)
                    .capabilities(Capability.CAPABILITY_NAMED_IAM)
                    .tags(
                        tag(Stacks.LAB_TAG, lab),
                        tag(Stacks.INSTANCE_TAG, instance.isEmpty() ? "-" : instance)));
    try (var waiter = clients.cloudFormation().waiter()) {
      waiter.waitUntilStackCreateComplete(w -> w.stackName(name), Waits::near);
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static Launched.Ended run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--endpoint-url", cloud.endpoint().toString()));
    return pipelab.run(all.toArray(String[]::new));
  }
}
