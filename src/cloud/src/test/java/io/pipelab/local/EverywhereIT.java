package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What holds for all services, where AWS's are slower, or stricter. */
@Timeout(120)
final class EverywhereIT {
  @TempDir Path directory;

  /** AWS wants a role to be known everywhere, and a queue to be gone for a minute. */
  @Test
  void whatWasMadeOrDeletedIsSoAtOnce() throws Exception {
    try (TestCloud cloud = new TestCloud(directory)) {
      String role = cloud.role("fresh", "AWSLambdaBasicExecutionRole");
      SdkBytes code =
          cloud.code(
              "Echo", "public class Echo { public String handle(Object e) { return \"x\"; } }");
      CreateFunctionResponse made =
          cloud.lambda.createFunction(
              r ->
                  r.functionName("f")
                      .role(role)
                      .runtime(Runtime.JAVA17)
                      .handler("Echo::handle")
                      .code(c -> c.zipFile(code)));
      assertTrue(made.state() == State.PENDING || made.state() == State.ACTIVE, made::toString);
      for (int i = 0; i < 3; i++) {
        String url = cloud.queue("again", Map.of());
        cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("m"));
        cloud.sqs.deleteQueue(r -> r.queueUrl(url));
        assertEquals(0, cloud.sqs.listQueues(r -> r.queueNamePrefix("again")).queueUrls().size());
      }
      cloud.s3.createBucket(r -> r.bucket("bucket"));
      cloud.s3.putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("x"));
      assertEquals(1, cloud.s3.listObjectsV2(r -> r.bucket("bucket")).keyCount());
    }
  }

  /** CloudFormation and IAM begin to throttle at a few calls a second. */
  @Test
  void manyCallsAreNotThrottled() throws IOException {
    try (TestCloud cloud = new TestCloud(directory)) {
      for (int i = 0; i < 200; i++) {
        cloud.cloudFormation.describeStacks();
        cloud.iam.listRoles();
      }
    }
  }

  @Test
  void messagesEndWithTheCloud() throws IOException {
    try (TestCloud cloud = new TestCloud(directory)) {
      String url = cloud.queue("q", Map.of());
      cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("m"));
      assertEquals(1, cloud.depth(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }
    try (TestCloud cloud = new TestCloud(directory)) {
      assertEquals(0, cloud.sqs.listQueues().queueUrls().size());
      String url = cloud.queue("q", Map.of());
      assertEquals(0, cloud.depth(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }
  }
}
