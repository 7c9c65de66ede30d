package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Metric and subscription filters of a stack, from the line in the log to what comes of it. */
@Timeout(300)
final class LogFiltersIT {
  private static final String READER =
      """
      import com.amazonaws.services.lambda.runtime.*;
      import java.util.*;

      public class Reader implements RequestHandler<Map<String, Object>, Object> {
        public Object handleRequest(Map<String, Object> event, Context context) {
          String data = ((Map<String, String>) event.get("awslogs")).get("data");
          try (var in = new java.util.zip.GZIPInputStream(
              new java.io.ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
            System.out.println("got " + new String(in.readAllBytes()));
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
          return null;
        }
      }
      """;

  private static final String METRIC =
      """
      Resources:
        Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app}}
        Failures:
          Type: AWS::Logs::MetricFilter
          Properties:
            FilterName: failures
            LogGroupName: !Ref Group
            FilterPattern: '{ $.level = "%s" }'
            MetricTransformations:
              - MetricNamespace: App
                MetricName: Failures
                MetricValue: $.count
                Unit: Count
                Dimensions: [{Key: Shop, Value: $.shop}]
        Alarm:
          Type: AWS::CloudWatch::Alarm
          Properties:
            AlarmName: failures
            Namespace: App
            MetricName: Failures
            Dimensions: [{Name: Shop, Value: north}]
            Statistic: Sum
            Period: 60
            EvaluationPeriods: 1
            Threshold: 5
            ComparisonOperator: GreaterThanThreshold
            TreatMissingData: notBreaching
      """;

  private static final String SUBSCRIPTION =
      """
      Resources:
        Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app}}
        Permission:
          Type: AWS::Lambda::Permission
          Properties:
            FunctionName: reader
            Action: lambda:InvokeFunction
            Principal: logs.amazonaws.com
            SourceArn: !GetAtt Group.Arn
            SourceAccount: !Ref AWS::AccountId
        Subscription:
          Type: AWS::Logs::SubscriptionFilter
          DependsOn: Permission
          Properties:
            LogGroupName: !Ref Group
            FilterPattern: '[level = ERROR, message]'
            DestinationArn: arn:aws:lambda:us-east-1:000000000000:function:reader
      """;

  private final TestCloud cloud;

  LogFiltersIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private void log(String... messages) {
    // The cloud's clock is fast: what a test's own clock says may be too old for CloudWatch Logs.
    long now =
        cloud
            .logs
            .describeLogGroups(r -> r.logGroupNamePrefix("/app"))
            .logGroups()
            .get(0)
            .creationTime();
    for (String message : messages) {
      cloud.logs.putLogEvents(
          r ->
              r.logGroupName("/app")
                  .logStreamName("s")
                  .logEvents(event -> event.timestamp(now).message(message)));
    }
  }

  @Test
  void anAlarmWatchesWhatALogSays() {
    Stack stack = cloud.stack("metric", METRIC.formatted("ERROR"));
    assertEquals("CREATE_COMPLETE", stack.stackStatusAsString(), cloud.failures("metric"));
    cloud.logs.createLogStream(r -> r.logGroupName("/app").logStreamName("s"));
    try (CloudWatchClient watch = cloud.client(CloudWatchClient.builder())) {
      log(
          "{\"level\": \"ERROR\", \"count\": 4, \"shop\": \"north\"}",
          "{\"level\": \"ERROR\", \"count\": 40, \"shop\": \"south\"}",
          "{\"level\": \"INFO\", \"count\": 40, \"shop\": \"north\"}",
          "{\"level\": \"ERROR\", \"count\": 3, \"shop\": \"north\"}");
      TestCloud.await(
          "the alarm",
          () -> {
            MetricAlarm alarm = watch.describeAlarms().metricAlarms().get(0);
            return alarm.stateReason().contains("[7.0")
                || watch
                    .describeAlarmHistory(r -> r.alarmName("failures"))
                    .alarmHistoryItems()
                    .stream()
                    .anyMatch(item -> item.historyData().contains("7.0"));
          });
    }
    stack = cloud.update("metric", METRIC.formatted("WARN"));
    assertEquals("UPDATE_COMPLETE", stack.stackStatusAsString(), cloud.failures("metric"));
    assertEquals(
        "{ $.level = \"WARN\" }",
        cloud.logs.describeMetricFilters().metricFilters().get(0).filterPattern());
    assertEquals("DELETE_COMPLETE", cloud.delete("metric").stackStatusAsString());
    assertEquals(List.of(), cloud.logs.describeMetricFilters().metricFilters());
  }

  @Test
  void aFunctionReadsWhatALogSays() throws Exception {
    String role = cloud.role("reader", "AWSLambdaBasicExecutionRole");
    var code = cloud.code("Reader", READER);
    cloud.lambda.createFunction(
        r ->
            r.functionName("reader")
                .runtime("java17")
                .handler("Reader")
                .role(role)
                .timeout(10)
                .memorySize(256)
                .code(zip -> zip.zipFile(code)));
    Stack stack = cloud.stack("subscription", SUBSCRIPTION);
    assertEquals("CREATE_COMPLETE", stack.stackStatusAsString(), cloud.failures("subscription"));
    cloud.logs.createLogStream(r -> r.logGroupName("/app").logStreamName("s"));
    log("ERROR no stock", "INFO fine", "ERROR no more stock");
    TestCloud.await(
        "both lines",
        () -> String.join("", cloud.logged("reader", "got ")).contains("ERROR no more stock"));
    String got = String.join("", cloud.logged("reader", "got "));
    assertTrue(got.contains("\"message\":\"ERROR no stock\""), got);
    assertTrue(!got.contains("INFO fine"), got);
    assertEquals("DELETE_COMPLETE", cloud.delete("subscription").stackStatusAsString());
  }

  @Test
  void aSubscriptionWithoutThePermissionFailsTheStack() {
    Stack stack =
        cloud.stack(
            "refused",
            """
            Resources:
              Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app}}
              Subscription:
                Type: AWS::Logs::SubscriptionFilter
                Properties:
                  LogGroupName: !Ref Group
                  FilterPattern: ''
                  DestinationArn: arn:aws:lambda:us-east-1:000000000000:function:none
            """);
    assertEquals("ROLLBACK_COMPLETE", stack.stackStatusAsString());
    assertTrue(
        cloud.failures("refused").contains("Could not execute the lambda function."),
        cloud.failures("refused"));
  }
}
