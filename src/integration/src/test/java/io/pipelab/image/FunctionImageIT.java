package io.pipelab.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.local.CloudInProcess;
import io.pipelab.target.Connection;
import io.pipelab.target.SdkClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/**
 * From a jar to a function: an image is built and pushed as labs do it, and CloudFormation makes a
 * function of it, changes it, and comes back from what fails.
 */
@Timeout(300)
class FunctionImageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "functions";

  /** A zip function with a name of its own, which the lesson wants to become an image. */
  private static final String TEMPLATE =
      """
      Parameters:
        Kind: {Type: String, Default: Image}
        Name: {Type: String, Default: demo}
        ImageUri: {Type: String, Default: ""}
        Command: {Type: CommaDelimitedList, Default: hello}
      Conditions:
        IsImage: !Equals [!Ref Kind, Image]
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}
        Function:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: !Ref Name
            PackageType: !Ref Kind
            Role: !GetAtt Role.Arn
            Timeout: 20
            MemorySize: 256
            Runtime: !If [IsImage, !Ref AWS::NoValue, java17]
            Handler: !If [IsImage, !Ref AWS::NoValue, "a.B::c"]
            Code: !If [IsImage, {ImageUri: !Ref ImageUri}, {S3Bucket: code, S3Key: code.zip}]
            ImageConfig: !If [IsImage, {Command: !Ref Command}, !Ref AWS::NoValue]
      """;

  private static final Path TASKS = Path.of("src/functions/tasks/target/pipelab-tasks.jar");

  @TempDir Path folder;
  private CloudInProcess cloud;
  private SdkClients aws;

  @BeforeEach
  void start() throws IOException {
    cloud = CloudInProcess.start(folder.resolve("cloud"));
    aws = new SdkClients(() -> Connection.embedded(cloud.endpoint(), "us-east-1"), "test");
    aws.ecr().createRepository(request -> request.repositoryName("app"));
  }

  @AfterEach
  void stop() {
    aws.close();
    cloud.close();
  }

  @Test
  void anImageFunctionIsMadeChangedAndComesBackFromWhatFails() throws Exception {
    PublishedImage image = publish("answerer.jar");
    create(Map.of("ImageUri", image.uri()));
    assertEquals("CREATE_COMPLETE", settled());
    FunctionConfiguration function = function();
    assertEquals("Active", function.stateAsString());
    assertEquals(image.digest(), "sha256:" + function.codeSha256());
    assertEquals("hello", says());

    update(Map.of("ImageUri", image.uri(), "Command", "good,day"));
    assertEquals("UPDATE_COMPLETE", settled());
    assertEquals("good day", says());

    String none = image.uri().replaceAll("@.*", ":none");
    update(Map.of("ImageUri", none, "Command", "never"));
    assertEquals("UPDATE_ROLLBACK_COMPLETE", settled());
    assertTrue(
        reasons().contains("Source image " + none + " does not exist. Provide a valid source"),
        reasons());
    assertEquals("good day", says());
    assertEquals(image.digest(), "sha256:" + function().codeSha256());
  }

  @Test
  void theOldFunctionAnswersAllTheWhile() throws Exception {
    PublishedImage image = publish("answerer.jar");
    create(Map.of("ImageUri", image.uri()));
    assertEquals("CREATE_COMPLETE", settled());
    update(Map.of("ImageUri", image.uri() + "0"));
    String status;
    int calls = 0;
    do {
      assertEquals("hello", says());
      calls++;
      status = stack().stackStatusAsString();
    } while (status.endsWith("_IN_PROGRESS"));
    assertEquals("UPDATE_ROLLBACK_COMPLETE", status);
    assertTrue(calls > 0);
  }

  @Test
  void aNamedFunctionCannotBecomeAnImage() throws Exception {
    aws.s3().createBucket(request -> request.bucket("code"));
    aws.s3()
        .putObject(
            request -> request.bucket("code").key("code.zip"),
            TestJar.write(folder.resolve("code.zip"), Answerer.class));
    create(Map.of("Kind", "Zip"));
    assertEquals("CREATE_COMPLETE", settled());

    PublishedImage image = publish("answerer.jar");
    update(Map.of("ImageUri", image.uri()));
    assertEquals("UPDATE_ROLLBACK_COMPLETE", settled());
    assertTrue(
        reasons()
            .contains(
                "CloudFormation cannot update a stack when a custom-named resource requires"
                    + " replacing. Rename demo and update the stack again."),
        reasons());
    assertEquals("Zip", function().packageTypeAsString());

    update(Map.of("ImageUri", image.uri(), "Name", "demo-image"));
    assertEquals("UPDATE_COMPLETE", settled());
    assertEquals("hello", says("demo-image"));
  }

  @Test
  void aLaterPushAndADeletedImageChangeNothingUntilTheFunctionIs() throws Exception {
    PublishedImage image = publish("answerer.jar");
    String latest = image.uri().replaceAll("@.*", ":latest");
    tag("latest", image.digest());
    create(Map.of("ImageUri", latest));
    assertEquals("CREATE_COMPLETE", settled());
    PublishedImage other = publish("other.jar");
    tag("latest", other.digest());
    assertEquals(
        image.digest(), "sha256:" + function().codeSha256(), "resolved when the code was set");
    update(Map.of("ImageUri", latest, "Command", "still"));
    assertEquals("UPDATE_COMPLETE", settled());
    assertEquals(image.digest(), "sha256:" + function().codeSha256());

    aws.ecr()
        .batchDeleteImage(
            request ->
                request
                    .repositoryName("app")
                    .imageIds(ImageIdentifier.builder().imageDigest(image.digest()).build()));
    assertEquals("still", says());
    aws.lambda()
        .updateFunctionConfiguration(request -> request.functionName("demo").memorySize(300));
    assertEquals("ImageDeleted", function().lastUpdateStatusReasonCodeAsString());
    assertEquals("still", says());
  }

  @Test
  void theLabsOwnProgramAnswersOutOfItsImage() throws Exception {
    assumeTrue(Files.exists(TASKS), "built by Maven's package phase");
    ImageRecipe recipe =
        new ImageRecipe(
            List.of(TASKS), "io.pipelab.functions.tasks.ImageMain", "", ImageRecipe.Place.FUNCTION);
    PublishedImage image =
        new ImageBuilder(aws.ecr(), folder.resolve("cache"), ImageListener.NONE)
            .publish(recipe, "app");
    create(Map.of("Kind", "Image", "ImageUri", image.uri(), "Command", ""));
    assertEquals("CREATE_COMPLETE", settled());
    aws.lambda()
        .updateFunctionConfiguration(
            request ->
                request
                    .functionName("demo")
                    .environment(
                        environment ->
                            environment.variables(
                                Map.of(
                                    "DB_HOST", "127.0.0.1",
                                    "DB_PORT", "9",
                                    "DB_USER", "admin",
                                    "DB_PASSWORD", "none",
                                    "DB_NAME", "tasks",
                                    "SNS_TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:t"))));
    InvokeResponse response =
        aws.lambdaInvocations()
            .invoke(
                request ->
                    request
                        .functionName("demo")
                        .payload(
                            SdkBytes.fromUtf8String(
                                "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}")));
    assertNull(response.functionError(), response.payload().asUtf8String());
    JsonNode answer = JSON.readTree(response.payload().asByteArray());
    assertEquals(503, answer.path("statusCode").asInt(), "there is no database: " + answer);
  }

  private PublishedImage publish(String jar) throws IOException {
    ImageRecipe recipe =
        new ImageRecipe(
            List.of(TestJar.write(folder.resolve(jar), Answerer.class)),
            Answerer.class.getName(),
            "",
            ImageRecipe.Place.FUNCTION);
    return new ImageBuilder(aws.ecr(), folder.resolve("cache"), ImageListener.NONE)
        .publish(recipe, "app");
  }

  private void tag(String tag, String digest) {
    String manifest =
        aws.ecr()
            .batchGetImage(
                request ->
                    request
                        .repositoryName("app")
                        .imageIds(ImageIdentifier.builder().imageDigest(digest).build()))
            .images()
            .get(0)
            .imageManifest();
    aws.ecr()
        .putImage(request -> request.repositoryName("app").imageTag(tag).imageManifest(manifest));
  }

  private void create(Map<String, String> parameters) {
    aws.cloudFormation()
        .createStack(
            request ->
                request
                    .stackName(STACK)
                    .templateBody(TEMPLATE)
                    .capabilities(Capability.CAPABILITY_IAM)
                    .parameters(given(parameters)));
  }

  private void update(Map<String, String> parameters) {
    aws.cloudFormation()
        .updateStack(
            request ->
                request
                    .stackName(STACK)
                    .templateBody(TEMPLATE)
                    .capabilities(Capability.CAPABILITY_IAM)
                    .parameters(given(parameters)));
  }

  private static List<Parameter> given(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            each ->
                Parameter.builder()
                    .parameterKey(each.getKey())
                    .parameterValue(each.getValue())
                    .build())
        .toList();
  }

  private Stack stack() {
    return aws.cloudFormation().describeStacks(request -> request.stackName(STACK)).stacks().get(0);
  }

  /** The stack's status once it has come to rest. */
  private String settled() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    String status = stack().stackStatusAsString();
    while (status.endsWith("_IN_PROGRESS")) {
      assertTrue(System.nanoTime() < end, status);
      Thread.sleep(20);
      status = stack().stackStatusAsString();
    }
    return status;
  }

  private String reasons() {
    return aws
        .cloudFormation()
        .describeStackEvents(request -> request.stackName(STACK))
        .stackEvents()
        .stream()
        .map(StackEvent::resourceStatusReason)
        .toList()
        .toString();
  }

  private FunctionConfiguration function() {
    return aws.lambda().getFunction(request -> request.functionName("demo")).configuration();
  }

  private String says() throws IOException {
    return says("demo");
  }

  private String says(String function) throws IOException {
    InvokeResponse response =
        aws.lambdaInvocations()
            .invoke(
                request ->
                    request
                        .functionName(function)
                        .logType(LogType.TAIL)
                        .payload(SdkBytes.fromString("{\"n\":1}", StandardCharsets.UTF_8)));
    assertNull(response.functionError(), response.payload().asUtf8String());
    JsonNode answer = JSON.readTree(response.payload().asByteArray());
    assertEquals(1, answer.path("to").path("n").asInt());
    return answer.path("says").asText();
  }
}
