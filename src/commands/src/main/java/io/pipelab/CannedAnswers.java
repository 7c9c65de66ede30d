package io.pipelab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a cloud with a standing lab answers, as far as {@link Rehearsal} asks: with every nested
 * structure, because each is a class that the archive shall hold.
 */
final class CannedAnswers {
  private static final List<String> TYPES =
      List.of(
          "AWS::SQS::Queue",
          "AWS::CloudWatch::Alarm",
          "AWS::ECS::Cluster",
          "AWS::Lambda::Function",
          "AWS::DynamoDB::Table");

  private static final Map<String, Object> FUNCTION =
      Map.ofEntries(
          Map.entry("FunctionName", "r"),
          Map.entry("Runtime", "java17"),
          Map.entry("CodeSize", 1),
          Map.entry("Timeout", 20),
          Map.entry("LastModified", "2026-01-01T00:00:00.000+0000"),
          Map.entry("Environment", Map.of("Variables", Map.of("K", "V"))),
          Map.entry("TracingConfig", Map.of("Mode", "PassThrough")),
          Map.entry("State", "Active"),
          Map.entry("Architectures", List.of("x86_64")),
          Map.entry("EphemeralStorage", Map.of("Size", 512)),
          Map.entry("SnapStart", Map.of("ApplyOn", "None", "OptimizationStatus", "Off")),
          Map.entry("LoggingConfig", Map.of("LogFormat", "Text", "LogGroup", "r")));

  private CannedAnswers() {}

  /** CloudWatch's: one alarm. */
  static byte[] cbor() throws IOException {
    double now = Instant.now().getEpochSecond();
    return new ObjectMapper(new CBORFactory())
        .writeValueAsBytes(
            Map.of(
                "MetricAlarms",
                List.of(
                    Map.ofEntries(
                        Map.entry("AlarmName", "r"),
                        Map.entry("ActionsEnabled", true),
                        Map.entry("OKActions", List.of()),
                        Map.entry("AlarmActions", List.of("arn:aws:sns:us-east-1:0:r")),
                        Map.entry("InsufficientDataActions", List.of()),
                        Map.entry("StateValue", "OK"),
                        Map.entry("StateReason", "r"),
                        Map.entry("StateUpdatedTimestamp", now),
                        Map.entry("MetricName", "r"),
                        Map.entry("Dimensions", List.of(Map.of("Name", "r", "Value", "r"))),
                        Map.entry("Period", 60),
                        Map.entry("Threshold", 100.0)))));
  }

  /** Every JSON service's, by the request's target. */
  static byte[] json(String target) throws IOException {
    Object answer =
        target.endsWith(".Scan")
            ? Map.of("Count", 0)
            : target.endsWith(".GetQueueAttributes")
                ? Map.of("Attributes", Map.of("ApproximateNumberOfMessages", "0"))
                : target.endsWith(".ListTasks")
                    ? Map.of("taskArns", List.of("arn:aws:ecs:us-east-1:0:task/r/r"))
                    : target.endsWith(".DescribeTasks")
                        ? Map.of("tasks", List.of(task()))
                        : FUNCTION;
    return new ObjectMapper().writeValueAsBytes(answer);
  }

  private static Map<String, Object> task() {
    return Map.of(
        "taskArn", "arn:aws:ecs:us-east-1:0:task/r/r",
        "lastStatus", "STOPPED",
        "createdAt", 1.0,
        "attachments", List.of(Map.of("details", List.of(Map.of("name", "r", "value", "r")))),
        "containers",
            List.of(
                Map.of("name", "r", "exitCode", 0, "networkInterfaces", List.of(Map.of("a", "b")))),
        "overrides", Map.of("containerOverrides", List.of(Map.of("name", "r"))),
        "tags", List.of(Map.of("key", "r", "value", "r")));
  }

  /** CloudFormation's, by the request's form. */
  static byte[] xml(String request) {
    String action = request.replaceFirst("(?s).*Action=([A-Za-z]+).*", "$1");
    return "<%1$sResponse><%1$sResult>%2$s</%1$sResult></%1$sResponse>"
        .formatted(action, members(action))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String members(String action) {
    if (action.equals("DescribeStacks")) {
      return "<Stacks><member><StackName>rehearsal</StackName><Tags><member><Key>pipelab:lab</Key>"
          + "<Value>decoupling</Value></member></Tags><Parameters><member><ParameterKey>K"
          + "</ParameterKey><ParameterValue>V</ParameterValue></member></Parameters>"
          + "<CreationTime>2026-01-01T00:00:00.000Z</CreationTime><RollbackConfiguration>"
          + "</RollbackConfiguration><DisableRollback>false</DisableRollback><NotificationARNs>"
          + "</NotificationARNs><Capabilities><member>CAPABILITY_NAMED_IAM</member></Capabilities>"
          + "<DriftInformation><StackDriftStatus>NOT_CHECKED</StackDriftStatus></DriftInformation>"
          + "<StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>K</OutputKey>"
          + "<OutputValue>V</OutputValue></member></Outputs></member></Stacks>";
    }
    if (action.equals("ListStackResources")) {
      StringBuilder members = new StringBuilder("<StackResourceSummaries>");
      for (String type : TYPES) {
        members
            .append("<member><ResourceType>")
            .append(type)
            .append("</ResourceType><PhysicalResourceId>http://127.0.0.1/0/r</PhysicalResourceId>")
            .append("<LastUpdatedTimestamp>2026-01-01T00:00:00.000Z</LastUpdatedTimestamp>")
            .append("<DriftInformation><StackResourceDriftStatus>NOT_CHECKED")
            .append("</StackResourceDriftStatus></DriftInformation>")
            .append("<ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>");
      }
      return members.append("</StackResourceSummaries>").toString();
    }
    return "";
  }
}
