package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** What Lambda does with a function's role, when the role may not. */
@Timeout(300)
class ServicesWithRolesIT {
  private static final String HANDLER =
      """
      import java.util.*;

      public class Echo {
        public Object handle(Map<String, Object> event) {
          System.out.println("got " + event.keySet());
          return "done";
        }
      }
      """;
  private static final String LOGS =
      """
      {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream"%s],
       "Resource":"*"}""";
  private static final String QUEUE =
      """
      {"Effect":"Allow","Action":["sqs:GetQueueAttributes","sqs:DeleteMessage"%s],
       "Resource":"*"}""";

  private TestCloud cloud;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    cloud = new TestCloud(folder);
    String role = cloud.role("worker", "AWSLambdaBasicExecutionRole");
    SdkBytes code = cloud.code("Echo", HANDLER);
    cloud.iam.detachRolePolicy(
        r ->
            r.roleName("worker")
                .policyArn("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
    cloud.lambda.createFunction(
        r ->
            r.functionName("echo")
                .runtime("java17")
                .handler("Echo::handle")
                .role(role)
                .timeout(10)
                .code(c -> c.zipFile(code)));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private void allow(String... statements) {
    cloud.iam.putRolePolicy(
        r ->
            r.roleName("worker")
                .policyName("p")
                .policyDocument(
                    "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + String.join(",", statements)
                        + "]}"));
  }

  private InvokeResponse invoke() {
    return cloud.lambda.invoke(r -> r.functionName("echo").payload(SdkBytes.fromUtf8String("{}")));
  }

  @Test
  void aFunctionWithoutLogsPermissionsAnswersAndLeavesNoLine() {
    assertEquals("\"done\"", invoke().payload().asUtf8String());
    assertEquals(List.of(), cloud.logged("echo", ""));
    allow(LOGS.formatted(""));
    invoke();
    assertEquals(List.of(), cloud.logged("echo", "got"));
    allow(LOGS.formatted(",\"logs:PutLogEvents\""));
    // The group is made with an environment, not while one is warm.
    cloud.lambda.updateFunctionConfiguration(r -> r.functionName("echo").timeout(11));
    invoke();
    TestCloud.await("a line", () -> !cloud.logged("echo", "got").isEmpty());
  }

  @Test
  void aQueueIsReadAsLongAsTheRoleMay() {
    String url = cloud.queue("work", Map.of());
    String logs = LOGS.formatted(",\"logs:PutLogEvents\"");
    allow(logs, QUEUE.formatted(",\"sqs:ReceiveMessage\""));
    cloud.lambda.createEventSourceMapping(
        r -> r.functionName("echo").eventSourceArn(cloud.arn("sqs", "work")));
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("1"));
    TestCloud.await("the first run", () -> cloud.logged("echo", "got").size() == 1);

    allow(logs, QUEUE.formatted(""));
    // What was asked for already may still come: the next receive is refused.
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("2"));
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("3"));
    TestCloud.await("a refusal", () -> cloud.denied("sqs:ReceiveMessage"));
    cloud.sqs.sendMessage(r -> r.queueUrl(url).messageBody("4"));
    assertTrue(cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES) >= 1);
    allow(logs, QUEUE.formatted(",\"sqs:ReceiveMessage\""));
    TestCloud.await("the rest", () -> cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES) == 0);
  }

  @Test
  void aDestinationGetsNothingThatTheRoleMayNotSend() {
    String url = cloud.queue("results", Map.of());
    cloud.lambda.putFunctionEventInvokeConfig(
        r ->
            r.functionName("echo")
                .destinationConfig(
                    d -> d.onSuccess(to -> to.destination(cloud.arn("sqs", "results")))));
    event();
    TestCloud.await("a refusal", () -> cloud.denied("sqs:SendMessage"));
    assertEquals(0, cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES));
    allow("{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}");
    event();
    TestCloud.await("a record", () -> cloud.depth(url, APPROXIMATE_NUMBER_OF_MESSAGES) == 1);
  }

  private void event() {
    cloud.lambda.invoke(
        r ->
            r.functionName("echo")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String("{}")));
  }
}
