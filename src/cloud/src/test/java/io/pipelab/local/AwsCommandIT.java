package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a learner does in the event labs with AWS's own command line; skipped where it is not. */
@Timeout(300)
final class AwsCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:inbox";
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:news";

  /** Names that go wrong when anything encodes once too often or too seldom. */
  private static final List<String> NAMES = List.of("a b+c.txt", "ü ö&=?%.txt", "plain.txt");

  /** What a command printed, and how it ended. */
  private record Ended(int code, String out, String error) {}

  private final TestCloud cloud;
  private final Path directory;
  private Map<String, String> keys =
      Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

  AwsCommandIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.cloud = new TestCloud(directory.resolve("cloud"));
  }

  @BeforeAll
  static void needTheCommand() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("aws", "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      assumeTrue(process.waitFor() == 0, "`aws --version` fails");
    } catch (IOException e) {
      assumeTrue(false, "no `aws` command: " + e.getMessage());
    }
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  /** Keys that the cloud issues: what botocore signs with them is checked. */
  @BeforeEach
  void getKeys() throws Exception {
    JsonNode keys = json("sts", "get-session-token").path("Credentials");
    this.keys =
        Map.of(
            "AWS_ACCESS_KEY_ID", keys.path("AccessKeyId").asText(),
            "AWS_SECRET_ACCESS_KEY", keys.path("SecretAccessKey").asText(),
            "AWS_SESSION_TOKEN", keys.path("SessionToken").asText());
  }

  private Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("aws", "--endpoint-url"));
    command.add(cloud.endpoint.toString());
    command.addAll(List.of("--output", "json"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "out", "");
    Path error = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(error.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_CONFIG_FILE", directory.resolve("none").toString(),
                "AWS_SHARED_CREDENTIALS_FILE", directory.resolve("none").toString(),
                "AWS_PAGER", "",
                "LC_ALL", "C.UTF-8"));
    builder.environment().putAll(keys);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("not within two minutes: " + command);
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(error));
  }

  private String aws(String... arguments) throws Exception {
    Ended ended = run(arguments);
    assertEquals(0, ended.code(), () -> String.join(" ", arguments) + ": " + ended.error());
    return ended.out();
  }

  private JsonNode json(String... arguments) throws Exception {
    return JSON.readTree(aws(arguments));
  }

  private String refused(String... arguments) throws Exception {
    Ended ended = run(arguments);
    assertTrue(ended.code() != 0, () -> String.join(" ", arguments) + " is let through");
    return ended.error();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url.strip())).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void filesGoToABucketAndBack() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree/sub"));
    for (String name : NAMES) {
      Files.writeString(tree.resolve(name), "content of " + name);
    }
    aws("s3", "mb", "s3://shop-1");
    aws("s3", "sync", "tree", "s3://shop-1/tree");
    assertEquals("", aws("s3", "sync", "tree", "s3://shop-1/tree"));
    // As long as before, but newer.
    Files.writeString(tree.resolve(NAMES.get(2)), "CONTENT of " + NAMES.get(2));
    assertTrue(aws("s3", "sync", "tree", "s3://shop-1/tree").contains("upload: "));
    Files.writeString(tree.resolve(NAMES.get(2)), "content of " + NAMES.get(2));
    aws("s3", "sync", "tree", "s3://shop-1/tree");
    aws("s3", "sync", "s3://shop-1/tree", "back");
    for (String name : NAMES) {
      Path back = directory.resolve("back/sub").resolve(name);
      assertEquals("content of " + name, Files.readString(back));
    }
    String odd = "s3://shop-1/moved/" + NAMES.get(1);
    aws("s3", "mv", "s3://shop-1/tree/sub/" + NAMES.get(1), odd);
    assertTrue(aws("s3", "ls", "s3://shop-1", "--recursive").contains("moved/" + NAMES.get(1)));
    assertEquals("content of " + NAMES.get(1), get(aws("s3", "presign", odd)).body());
    assertTrue(refused("s3", "rb", "s3://shop-1").contains("BucketNotEmpty"));
    aws("s3", "rm", "s3://shop-1", "--recursive");
    aws("s3", "rb", "s3://shop-1");
    assertTrue(refused("s3", "ls", "s3://shop-1").contains("NoSuchBucket"));
  }

  @Test
  void aLargeFileGoesInParts() throws Exception {
    byte[] bytes = new byte[100 << 20];
    new Random(1).nextBytes(bytes);
    Path large = Files.write(directory.resolve("large.bin"), bytes);
    aws("s3", "mb", "s3://shop-1");
    aws("s3", "cp", "large.bin", "s3://shop-1/large.bin", "--no-progress");
    JsonNode head = json("s3api", "head-object", "--bucket", "shop-1", "--key", "large.bin");
    assertTrue(head.path("ETag").asText().endsWith("-13\""), head.toString());
    Files.delete(large);
    aws("s3", "cp", "s3://shop-1/large.bin", "large.bin", "--no-progress");
    assertArrayEquals(bytes, Files.readAllBytes(large));
  }

  @Test
  void bucketsAreConfigured() throws Exception {
    aws("s3api", "create-bucket", "--bucket", "shop-1");
    aws(
        "s3api",
        "put-bucket-versioning",
        "--bucket",
        "shop-1",
        "--versioning-configuration",
        "Status=Enabled");
    Path body = Files.writeString(directory.resolve("body"), "one");
    for (int i = 0; i < 2; i++) {
      aws("s3api", "put-object", "--bucket", "shop-1", "--key", "ü 1", "--body", body.toString());
    }
    aws("s3api", "delete-object", "--bucket", "shop-1", "--key", "ü 1");
    JsonNode versions = json("s3api", "list-object-versions", "--bucket", "shop-1");
    assertEquals(2, versions.path("Versions").size());
    assertEquals("ü 1", versions.path("DeleteMarkers").path(0).path("Key").asText());
    String lifecycle =
        "{\"Rules\":[{\"ID\":\"cleanup\",\"Status\":\"Enabled\",\"Filter\":{\"Prefix\":\"in/\"},"
            + "\"Expiration\":{\"Days\":30},"
            + "\"NoncurrentVersionExpiration\":{\"NoncurrentDays\":1}}]}";
    aws(
        "s3api",
        "put-bucket-lifecycle-configuration",
        "--bucket",
        "shop-1",
        "--lifecycle-configuration",
        lifecycle);
    JsonNode kept = json("s3api", "get-bucket-lifecycle-configuration", "--bucket", "shop-1");
    assertEquals(JSON.readTree(lifecycle).path("Rules"), kept.path("Rules"));
    assertEquals(
        "all_storage_classes_128K", kept.path("TransitionDefaultMinimumObjectSize").asText());
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"AWS\":\"arn:aws:iam::000000000000:root\"},\"Action\":\"s3:GetObject\","
            + "\"Resource\":\"arn:aws:s3:::shop-1/*\"}]}";
    aws("s3api", "put-bucket-policy", "--bucket", "shop-1", "--policy", policy);
    assertEquals(
        policy, json("s3api", "get-bucket-policy", "--bucket", "shop-1").path("Policy").asText());
    assertTrue(refused("s3api", "create-bucket", "--bucket", "Shop_1").contains("InvalidBucket"));
  }

  private static String queuePolicy(String service, String source) {
    String document =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"Service\":\""
            + service
            + "\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\""
            + QUEUE
            + "\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\""
            + source
            + "\"}}}]}";
    return JSON.createObjectNode().put("Policy", document).toString();
  }

  @Test
  void aBucketTellsAQueueThatLetsItIn() throws Exception {
    aws("s3", "mb", "s3://shop-1");
    String url = json("sqs", "create-queue", "--queue-name", "inbox").path("QueueUrl").asText();
    String notification =
        "{\"QueueConfigurations\":[{\"Id\":\"q\",\"QueueArn\":\""
            + QUEUE
            + "\",\"Events\":[\"s3:ObjectCreated:*\"],\"Filter\":{\"Key\":{\"FilterRules\":"
            + "[{\"Name\":\"Prefix\",\"Value\":\"in/\"}]}}}]}";
    String[] put = {
      "s3api",
      "put-bucket-notification-configuration",
      "--bucket",
      "shop-1",
      "--notification-configuration",
      notification
    };
    assertTrue(
        refused(put).contains("Unable to validate the following destination configurations"));
    aws(
        "sqs",
        "set-queue-attributes",
        "--queue-url",
        url,
        "--attributes",
        queuePolicy("s3.amazonaws.com", "arn:aws:s3:::shop-1"));
    aws(put);
    assertEquals(
        JSON.readTree(notification),
        json("s3api", "get-bucket-notification-configuration", "--bucket", "shop-1"));
    assertTrue(body(url).contains("s3:TestEvent"));
    Path file = Files.writeString(directory.resolve("f"), "x");
    aws("s3", "cp", file.toString(), "s3://shop-1/in/ü a+b.txt");
    JsonNode record = JSON.readTree(body(url)).path("Records").path(0);
    assertEquals("in/%C3%BC+a%2Bb.txt", record.path("s3").path("object").path("key").asText());
  }

  private String body(String url) throws Exception {
    return json("sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", "5")
        .path("Messages")
        .path(0)
        .path("Body")
        .asText();
  }

  @Test
  void aTopicPublishesToAQueueThatLetsItIn() throws Exception {
    String url = json("sqs", "create-queue", "--queue-name", "inbox").path("QueueUrl").asText();
    aws(
        "sqs",
        "set-queue-attributes",
        "--queue-url",
        url,
        "--attributes",
        queuePolicy("sns.amazonaws.com", TOPIC));
    aws("sns", "create-topic", "--name", "news");
    aws(
        "sns",
        "subscribe",
        "--topic-arn",
        TOPIC,
        "--protocol",
        "sqs",
        "--notification-endpoint",
        QUEUE);
    aws(
        "sns",
        "subscribe",
        "--topic-arn",
        TOPIC,
        "--protocol",
        "email",
        "--notification-endpoint",
        "me@example.com");
    JsonNode subscriptions =
        json("sns", "list-subscriptions-by-topic", "--topic-arn", TOPIC).path("Subscriptions");
    assertEquals(2, subscriptions.size());
    // SNS lists subscriptions in no order.
    assertTrue(
        subscriptions.findValuesAsText("SubscriptionArn").contains("PendingConfirmation"),
        subscriptions.toString());
    aws(
        "sns",
        "publish",
        "--topic-arn",
        TOPIC,
        "--subject",
        "Hello world",
        "--message",
        "Testing Hello world",
        "--message-attributes",
        "{\"Message\":{\"DataType\":\"String\",\"StringValue\":\"Hello World\"}}");
    JsonNode envelope = JSON.readTree(body(url));
    assertEquals("Testing Hello world", envelope.path("Message").asText());
    assertEquals(
        "Hello World", envelope.path("MessageAttributes").path("Message").path("Value").asText());
  }

  @Test
  void functionsAreUpdatedPublishedAndMapped() throws Exception {
    Files.write(directory.resolve("one.zip"), echo("one"));
    Files.write(directory.resolve("two.zip"), echo("two"));
    String role = cloud.role("echo", "AWSLambdaSQSQueueExecutionRole");
    aws(
        "lambda",
        "create-function",
        "--function-name",
        "echo",
        "--runtime",
        "java17",
        "--handler",
        "Echo::handle",
        "--role",
        role,
        "--zip-file",
        "fileb://one.zip");
    aws("lambda", "wait", "function-active-v2", "--function-name", "echo");
    assertEquals("\"one\"", invoke("echo"));
    assertEquals(
        "1", json("lambda", "publish-version", "--function-name", "echo").path("Version").asText());
    aws("s3", "mb", "s3://code");
    aws("s3", "cp", "two.zip", "s3://code/two.zip");
    String[] update = {
      "lambda", "update-function-code", "--function-name", "echo",
      "--s3-bucket", "code", "--s3-key", "two.zip"
    };
    assertEquals("InProgress", json(update).path("LastUpdateStatus").asText());
    aws("lambda", "wait", "function-updated-v2", "--function-name", "echo");
    assertEquals("\"two\"", invoke("echo"));
    assertEquals("\"one\"", invoke("echo:1"));
    aws("sqs", "create-queue", "--queue-name", "inbox");
    JsonNode mapping =
        json(
            "lambda",
            "create-event-source-mapping",
            "--function-name",
            "echo",
            "--event-source-arn",
            QUEUE,
            "--batch-size",
            "5");
    assertEquals("Creating", mapping.path("State").asText());
    JsonNode listed =
        json("lambda", "list-event-source-mappings", "--function-name", "echo")
            .path("EventSourceMappings");
    assertEquals(mapping.path("UUID"), listed.path(0).path("UUID"));
    assertEquals(5, listed.path(0).path("BatchSize").asInt());
  }

  private String invoke(String function) throws Exception {
    aws("lambda", "invoke", "--function-name", function, "--payload", "{}", "answer.json");
    return Files.readString(directory.resolve("answer.json"));
  }

  private byte[] echo(String answer) throws Exception {
    String source =
        "public class Echo { public String handle(Object event) { return \"" + answer + "\"; } }";
    return cloud.code("Echo", source).asByteArray();
  }

  @Test
  void tablesAreScannedInPagesAndWrittenOnConditions() throws Exception {
    aws(
        "dynamodb",
        "create-table",
        "--table-name",
        "offers",
        "--attribute-definitions",
        "AttributeName=id,AttributeType=S",
        "AttributeName=city,AttributeType=S",
        "--key-schema",
        "AttributeName=id,KeyType=HASH",
        "AttributeName=city,KeyType=RANGE",
        "--provisioned-throughput",
        "ReadCapacityUnits=5,WriteCapacityUnits=5");
    aws("dynamodb", "wait", "table-exists", "--table-name", "offers");
    for (int i = 0; i < 3; i++) {
      aws("dynamodb", "put-item", "--table-name", "offers", "--item", item(i));
    }
    assertTrue(
        refused(
                "dynamodb",
                "put-item",
                "--table-name",
                "offers",
                "--item",
                item(1),
                "--condition-expression",
                "attribute_not_exists(id)")
            .contains("ConditionalCheckFailedException"));
    JsonNode page = json("dynamodb", "scan", "--table-name", "offers", "--max-items", "2");
    assertEquals(2, page.path("Items").size());
    JsonNode rest =
        json(
            "dynamodb",
            "scan",
            "--table-name",
            "offers",
            "--starting-token",
            page.path("NextToken").asText());
    assertEquals(1, rest.path("Items").size());
    JsonNode queried =
        json(
            "dynamodb",
            "query",
            "--table-name",
            "offers",
            "--key-condition-expression",
            "id = :id",
            "--expression-attribute-values",
            "{\":id\":{\"S\":\"2\"}}");
    assertEquals(1, queried.path("Count").asInt());
    JsonNode table = json("dynamodb", "describe-table", "--table-name", "offers").path("Table");
    assertEquals(5, table.path("ProvisionedThroughput").path("ReadCapacityUnits").asInt());
  }

  private static String item(int id) {
    return "{\"id\":{\"S\":\"" + id + "\"},\"city\":{\"S\":\"Köln\"}}";
  }
}
