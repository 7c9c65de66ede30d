package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.target.Connection;
import io.pipelab.target.HttpCaller;
import io.pipelab.target.SdkClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.VpcConfig;

/**
 * Takes every single action out of every role of every lab, uses the lab, and holds the cloud and
 * {@code verify} to it: the action is refused to that role, the step of the roles fails, and its
 * hint names the action. What nobody asks for is in no role.
 */
class LeastPrivilegeIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path xdg;

  private static Launched launched;
  private static SdkClients aws;
  private static URI endpoint;

  @BeforeAll
  static void start() throws Exception {
    launched = new Launched(xdg);
    Launched.Ended start = launched.run("local", "start", "--speed", "40", "--region", "us-east-1");
    assertEquals(0, start.exitCode(), start.told());
    JsonNode cloud = JSON.readTree(xdg.resolve("state/pipelab/local/cloud.json").toFile());
    endpoint = URI.create(cloud.path("endpoint").asText());
    aws = new SdkClients(() -> Connection.embedded(endpoint, "us-east-1"), "test");
  }

  @AfterAll
  static void stop() throws Exception {
    aws.close();
    launched.run("local", "stop");
  }

  /**
   * Actions that AWS's guides name, and the embedded cloud never asks for: docs/DEVIATIONS.md says
   * so. Lambda's page "Giving Lambda functions access to resources in an Amazon VPC" wants all six
   * of a network; the last is in AWS's own policy for the execution of tasks.
   */
  private static final Set<String> NEVER_ASKED =
      Set.of(
          "ec2:DescribeSubnets",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses",
          "ecr:BatchCheckLayerAvailability");

  /**
   * An action that a policy of a role allows.
   *
   * @param managed the ARN of a policy that is attached, null for an inline one
   */
  private record Granted(
      String role, String policy, @Nullable String managed, String document, String action) {
    /** The policy without the action, or without its only statement. */
    String without() throws JsonProcessingException {
      ObjectNode policy = (ObjectNode) JSON.readTree(document);
      ArrayNode left = JSON.createArrayNode();
      for (JsonNode statement : policy.path("Statement")) {
        ArrayNode actions = JSON.createArrayNode();
        texts(statement.path("Action")).stream()
            .filter(each -> !each.equals(action))
            .forEach(actions::add);
        if (!actions.isEmpty()) {
          left.add(((ObjectNode) statement.deepCopy()).set("Action", actions));
        }
      }
      policy.set("Statement", left);
      return policy.toString();
    }

    /** Instead of a managed policy, which is AWS's, the role gets one of its own. */
    void take() throws JsonProcessingException {
      put(without());
      if (managed != null) {
        aws.iam().detachRolePolicy(r -> r.roleName(role).policyArn(managed));
      }
    }

    void giveBack() {
      if (managed == null) {
        put(document);
      } else {
        aws.iam().attachRolePolicy(r -> r.roleName(role).policyArn(managed));
        aws.iam().deleteRolePolicy(r -> r.roleName(role).policyName(policy));
      }
    }

    private void put(String text) {
      aws.iam().putRolePolicy(r -> r.roleName(role).policyName(policy).policyDocument(text));
    }
  }

  private static List<String> texts(JsonNode oneOrMany) {
    List<String> texts = new ArrayList<>();
    (oneOrMany.isArray() ? oneOrMany : List.of(oneOrMany))
        .forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** All that the policies of a lab's roles allow. */
  private static List<Granted> granted(String stack) throws IOException {
    List<Granted> all = new ArrayList<>();
    for (StackResource role : resources(stack, "AWS::IAM::Role")) {
      all.addAll(inline(role.physicalResourceId()));
      all.addAll(attached(role.physicalResourceId()));
    }
    assertTrue(all.size() >= 5, () -> "only " + all);
    return all;
  }

  private static List<Granted> inline(String role) throws IOException {
    List<Granted> all = new ArrayList<>();
    for (String policy : aws.iam().listRolePolicies(r -> r.roleName(role)).policyNames()) {
      String document =
          aws.iam().getRolePolicy(r -> r.roleName(role).policyName(policy)).policyDocument();
      all.addAll(granted(role, policy, null, document));
    }
    return all;
  }

  private static List<Granted> attached(String role) throws IOException {
    List<Granted> all = new ArrayList<>();
    for (AttachedPolicy policy :
        aws.iam().listAttachedRolePolicies(r -> r.roleName(role)).attachedPolicies()) {
      String arn = policy.policyArn();
      String version = aws.iam().getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId();
      String document =
          aws.iam()
              .getPolicyVersion(r -> r.policyArn(arn).versionId(version))
              .policyVersion()
              .document();
      all.addAll(granted(role, policy.policyName(), arn, document));
    }
    return all;
  }

  private static List<Granted> granted(
      String role, String policy, @Nullable String managed, String encoded) throws IOException {
    List<Granted> all = new ArrayList<>();
    String document = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    for (JsonNode statement : JSON.readTree(document).path("Statement")) {
      texts(statement.path("Action")).stream()
          .filter(action -> !NEVER_ASKED.contains(action))
          .forEach(action -> all.add(new Granted(role, policy, managed, document, action)));
    }
    return all;
  }

  private static List<StackResource> resources(String stack, String type) {
    return aws
        .cloudFormation()
        .describeStackResources(r -> r.stackName(stack))
        .stackResources()
        .stream()
        .filter(each -> each.resourceType().equals(type))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> decoupling() throws Exception {
    LabCopy lab = new LabCopy("lp", HOME, Shell.in(xdg), aws).up();
    return tests(lab, "pipelab-lp-decoupling-lab", "roles", () -> useDecoupling(lab));
  }

  @TestFactory
  Stream<DynamicTest> imageResize() throws Exception {
    LabCopy lab = new LabCopy("lp", HOME, Shell.in(xdg), aws).as("image-resize").up();
    return tests(lab, "pipelab-lp-image-resize-lab", "roles", () -> usePictures(lab));
  }

  @TestFactory
  Stream<DynamicTest> jobOffers() throws Exception {
    LabCopy lab = new LabCopy("lp", HOME, Shell.in(xdg), aws).as("job-offers").up();
    return tests(lab, "pipelab-lp-job-offers-lab", "roles", () -> useOffers(lab));
  }

  @TestFactory
  Stream<DynamicTest> taskManager() throws Exception {
    LabCopy lab = new LabCopy("lp", HOME, Shell.in(xdg), aws).as("task-manager").up();
    return tests(lab, "pipelab-lp-task-manager-lab", "role", () -> useTasks(lab));
  }

  private static Stream<DynamicTest> tests(LabCopy lab, String stack, String step, Runnable use)
      throws IOException {
    return granted(stack).stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.role() + " " + each.action(), () -> missed(each, lab, stack, step, use)));
  }

  private static void missed(Granted granted, LabCopy lab, String stack, String step, Runnable use)
      throws Exception {
    granted.take();
    try {
      startAnew(stack, granted.role());
      use.run();
      awaitRefusal(granted);
      lab.verify(1, "--step", step, "--within", "1s")
          .hints(step, "IAM refuses the role " + granted.role(), granted.action());
    } finally {
      granted.giveBack();
    }
  }

  /** New execution environments of what has the role, and mappings that are looked at again. */
  private static void startAnew(String stack, String role) {
    for (StackResource function : resources(stack, "AWS::Lambda::Function")) {
      String name = function.physicalResourceId();
      GetFunctionConfigurationResponse now =
          aws.lambda().getFunctionConfiguration(r -> r.functionName(name));
      if (!now.role().endsWith("/" + role)) {
        continue;
      }
      for (int each : new int[] {now.memorySize() + 1, now.memorySize()}) {
        unlessRefused(
            () ->
                aws.lambda()
                    .updateFunctionConfiguration(
                        r -> r.functionName(name).memorySize(each).vpcConfig(place(now))));
      }
      for (EventSourceMappingConfiguration mapping :
          aws.lambda().listEventSourceMappings(r -> r.functionName(name)).eventSourceMappings()) {
        unlessRefused(
            () ->
                aws.lambda()
                    .updateEventSourceMapping(r -> r.uuid(mapping.uuid()).functionName(name)));
      }
    }
  }

  /** The same again: Lambda looks whether the role may put the function there. */
  private static @Nullable VpcConfig place(GetFunctionConfigurationResponse now) {
    return now.vpcConfig() == null
        ? null
        : VpcConfig.builder()
            .subnetIds(now.vpcConfig().subnetIds())
            .securityGroupIds(now.vpcConfig().securityGroupIds())
            .build();
  }

  private static void unlessRefused(Runnable call) {
    try {
      call.run();
    } catch (LambdaException e) {
      assertTrue(e.getMessage().contains("does not have permissions"), e.getMessage());
    }
  }

  private static void awaitRefusal(Granted granted) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isRefused(granted)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("nobody misses " + granted.action() + " of " + granted.role());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean isRefused(Granted granted) throws IOException {
    String answer =
        new HttpCaller().call("GET", endpoint.toString(), "/_pipelab/denied", null).body();
    for (JsonNode each : JSON.readTree(answer).path("denied")) {
      if (each.path("action").asText().equals(granted.action())
          && each.path("caller").asText().contains("/" + granted.role() + "/")
          && each.path("still").asBoolean()) {
        return true;
      }
    }
    return false;
  }

  private static void useDecoupling(LabCopy lab) {
    aws.sqs().sendMessage(r -> r.queueUrl(lab.output("QueueUrl")).messageBody("12345"));
    // The function starts tasks once for each message of the topic.
    String event = read("samples/decoupling/sns-event.json");
    invoke(lab.output("FunctionName"), event.replaceFirst("0{8}-0{4}", randomId()));
  }

  /** One picture, and one that is none: its message is wanted back soon. */
  private static void usePictures(LabCopy lab) {
    for (String name : List.of("tiny-balloon.jpg", "broken.jpg")) {
      aws.s3()
          .putObject(
              r -> r.bucket(lab.output("PictureBucketName")).key("ingest/" + name),
              RequestBody.fromFile(HOME.resolve("samples/image-resize/ingest/" + name)));
    }
  }

  private static void useOffers(LabCopy lab) {
    aws.s3()
        .putObject(
            r -> r.bucket(lab.output("BucketName")).key("job_offers/2026-11-paris.csv"),
            RequestBody.fromFile(HOME.resolve("samples/job-offers/job_offers/2026-11-paris.csv")));
    aws.sqs()
        .sendMessage(r -> r.queueUrl(lab.output("QueueUrl")).messageBody("none that is stored"));
    String url = lab.output("ApiUrl");
    call(url, "GET", "/v1/jobs", null);
    String id = randomId();
    call(
        url,
        "POST",
        "/v1/jobs",
        """
        {"id": "%s", "city": "Paris", "company_name": "Acme", "title": "Dev", "contract_type": "CDI",
         "url": "https://jobs.example/%s"}"""
            .formatted(id, id));
    call(url, "GET", "/v1/jobs/" + id, null);
    call(url, "DELETE", "/v1/jobs/" + id + "?city=Paris", null);
  }

  /** A task by each function that takes tasks in. */
  private static void useTasks(LabCopy lab) {
    for (String url : List.of("TasksUrl", "ContainerUrl")) {
      call(lab.output(url), "POST", "/", "{\"title\": \"" + randomId() + "\"}");
    }
  }

  /** What is answered does not matter here: half of it is refused. */
  private static void call(String url, String method, String path, @Nullable String body) {
    try {
      new HttpCaller().call(method, url.replaceFirst("/$", ""), path, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String randomId() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  private static void invoke(String function, String event) {
    aws.lambda()
        .invoke(
            r ->
                r.functionName(function)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(event)));
  }

  private static String read(String file) {
    try {
      return Files.readString(HOME.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
