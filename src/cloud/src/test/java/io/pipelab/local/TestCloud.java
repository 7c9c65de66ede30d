package io.pipelab.local;

import io.pipelab.local.lambda.execution.HandlerJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The whole embedded cloud on an ephemeral port, with AWS's own clients. */
final class TestCloud implements AutoCloseable {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

  final URI endpoint;
  final SqsClient sqs;
  final LambdaClient lambda;
  final S3Client s3;
  final SnsClient sns;
  final IamClient iam;
  final DynamoDbClient dynamoDb;
  final CloudWatchLogsClient logs;
  final CloudFormationClient cloudFormation;
  private final LocalCloud cloud;
  private final Path directory;

  TestCloud(Path directory) throws IOException {
    this(directory, CloudInProcess.settings(directory));
  }

  TestCloud(Path directory, Settings settings) throws IOException {
    this.directory = directory;
    Path data = Files.createDirectories(directory.resolve("data"));
    this.cloud = LocalCloud.start(settings, data);
    this.endpoint = cloud.endpoint();
    this.sqs = client(SqsClient.builder());
    this.lambda = client(LambdaClient.builder());
    this.s3 = client(S3Client.builder().forcePathStyle(true));
    this.sns = client(SnsClient.builder());
    this.iam = client(IamClient.builder());
    this.dynamoDb = client(DynamoDbClient.builder());
    this.logs = client(CloudWatchLogsClient.builder());
    this.cloudFormation = client(CloudFormationClient.builder());
  }

  <C> C client(AwsClientBuilder<?, C> builder) {
    builder.endpointOverride(endpoint);
    builder.region(Region.US_EAST_1);
    builder.credentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")));
    builder.overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)));
    return builder.build();
  }

  String arn(String service, String resource) {
    return "arn:aws:" + service + ":us-east-1:000000000000:" + resource;
  }

  /** Creates a queue and returns its URL. */
  String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
  }

  /** A role for functions, with one of AWS's own policies, and its ARN. */
  String role(String name, String awsPolicy) {
    String arn = iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST)).role().arn();
    iam.attachRolePolicy(
        r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/service-role/" + awsPolicy));
    return arn;
  }

  /** The code of a handler: a class of no package. */
  SdkBytes code(String className, String source) throws Exception {
    return SdkBytes.fromByteArray(HandlerJar.of(className, source, directory));
  }

  /** Waits until something holds that other threads bring about. */
  static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within a minute: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** Messages of a queue in a state: visible, in flight. */
  int depth(String url, QueueAttributeName state) {
    String depth =
        sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(state)).attributes().get(state);
    return Integer.parseInt(depth);
  }

  /** The lines of a function's log that have a text in them; none before it has run. */
  List<String> logged(String function, String text) {
    try {
      return logs
          .filterLogEventsPaginator(r -> r.logGroupName("/aws/lambda/" + function))
          .events()
          .stream()
          .map(FilteredLogEvent::message)
          .filter(line -> line.contains(text))
          .toList();
    } catch (ResourceNotFoundException e) {
      return List.of();
    }
  }

  /** Whether an action was refused to somebody, lately. */
  boolean denied(String action) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("/_pipelab/denied"))
              .timeout(Duration.ofSeconds(10))
              .build();
      String answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      return answer.contains("\"action\":\"" + action + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Creates a stack and waits for its final state. */
  Stack stack(String name, String template) {
    cloudFormation.createStack(
        r ->
            r.stackName(name).templateBody(template).capabilities(Capability.CAPABILITY_NAMED_IAM));
    return settled(name);
  }

  /** Updates a stack and waits for its final state. */
  Stack update(String name, String template) {
    cloudFormation.updateStack(
        r ->
            r.stackName(name).templateBody(template).capabilities(Capability.CAPABILITY_NAMED_IAM));
    return settled(name);
  }

  /** Deletes a stack and waits for its final state. */
  Stack delete(String name) {
    String id = describe(name).stackId();
    cloudFormation.deleteStack(r -> r.stackName(name));
    return settled(id);
  }

  private Stack describe(String name) {
    return cloudFormation.describeStacks(r -> r.stackName(name)).stacks().get(0);
  }

  private Stack settled(String name) {
    Supplier<Stack> now = () -> describe(name);
    await(name, () -> !now.get().stackStatusAsString().endsWith("IN_PROGRESS"));
    return now.get();
  }

  /** Why resources of a stack failed, for messages. */
  String failures(String name) {
    return cloudFormation.describeStackEvents(r -> r.stackName(name)).stackEvents().stream()
        .filter(event -> event.resourceStatusAsString().endsWith("FAILED"))
        .map(StackEvent::resourceStatusReason)
        .toList()
        .toString();
  }

  @Override
  public void close() {
    List.of(sqs, lambda, s3, sns, iam, dynamoDb, logs, cloudFormation)
        .forEach(SdkAutoCloseable::close);
    cloud.close();
  }
}
