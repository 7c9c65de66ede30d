package io.pipelab.verify.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.database.DatabaseInstance;
import io.pipelab.verify.check.function.ColdStarts;
import io.pipelab.verify.check.function.FunctionConfiguration;
import io.pipelab.verify.check.function.FunctionIdentity;
import io.pipelab.verify.check.function.UrlPermissions;
import io.pipelab.verify.check.network.InterfaceEndpoint;
import io.pipelab.verify.check.secret.SecretKept;
import io.pipelab.verify.check.stack.UpdateRefused;
import io.pipelab.verify.check.task.MappingWasOff;
import io.pipelab.verify.check.task.TasksCompleted;
import io.pipelab.verify.check.task.TasksWait;
import io.pipelab.verify.load.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsRequest;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The checks of functions in a VPC, their database, their URL and their secret. */
class TaskManagerChecksTest extends CheckTest {
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:tasks";
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:news";

  private HttpServer server;
  private String answer = "[]";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void tasks(String... statuses) {
    List<String> rows = new ArrayList<>();
    for (String status : statuses) {
      rows.add(
          "{\"id\":%d,\"title\":\"t\",\"description\":null,\"status\":\"%s\"}"
              .formatted(rows.size() + 1, status));
    }
    answer = rows.toString();
  }

  private void mapping(String state) {
    aws.on(
        ListEventSourceMappingsRequest.class,
        ListEventSourceMappingsResponse.builder()
            .eventSourceMappings(
                state.isEmpty()
                    ? List.of()
                    : List.of(
                        EventSourceMappingConfiguration.builder()
                            .eventSourceArn(QUEUE)
                            .state(state)
                            .build()))
            .build());
  }

  private void depth(int visible) {
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "" + visible,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0",
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "0"))
            .build());
  }

  private Observation tasksWait() {
    return look(
        TasksWait.TYPE,
        Map.of("url", url(), "queue", "http://q/1/tasks", "source", QUEUE, "function", "f"));
  }

  @Test
  void tasksWaitAsLongAsNothingPolls() {
    mapping("");
    depth(2);
    tasks("Pending", "Pending");
    assertSeen(State.HOLDS, "2 tasks: 2 Pending; 2 messages in the queue", tasksWait());

    depth(1);
    assertSeen(State.LACKS, "2 tasks: 2 Pending; 1 messages in the queue", tasksWait());

    tasks("Completed");
    assertSeen(State.TO_DO, null, tasksWait());

    mapping("Disabled");
    tasks("Completed", "Pending");
    assertSeen(State.HOLDS, null, tasksWait());
  }

  @Test
  void noTaskWaitsWhereAMappingPolls() {
    mapping("Enabled");
    depth(0);
    tasks("Completed", "Completed");
    assertSeen(State.HOLDS, null, tasksWait());

    tasks("Completed", "Pending");
    assertSeen(State.NOT_YET, null, tasksWait());
  }

  private Observation tasksCompleted(String... log) {
    List<FilteredLogEvent> events = new ArrayList<>();
    for (String line : log) {
      events.add(FilteredLogEvent.builder().message(line).build());
    }
    aws.on(FilterLogEventsRequest.class, FilterLogEventsResponse.builder().events(events).build());
    return look(TasksCompleted.TYPE, Map.of("url", url(), "logGroup", "/g"));
  }

  @Test
  void everyTaskMustBeCompletedByALineInTheLog() {
    tasks("Completed", "Completed");
    assertSeen(
        State.HOLDS,
        "2 tasks: 2 Completed",
        tasksCompleted("task 1 is Completed", "task 2 is Completed"));
    assertSeen(
        State.NOT_YET,
        "2 tasks: 2 Completed; the log does not tell of [2]",
        tasksCompleted("task 1 is Completed", "task 22 is Completed"));
    tasks("Completed", "Processing");
    assertSeen(State.NOT_YET, null, tasksCompleted("task 1 is Completed"));
    tasks();
    assertSeen(State.TO_DO, null, tasksCompleted());
    answer = "[{\"id\":1}]";
    assertSeen(State.LACKS, "a row has other columns: {\"id\":1}", tasksCompleted());
  }

  @Test
  void aMappingThatWasOffIsJudgedByWhatWasSeenThen() {
    aws.on(
        GetEventSourceMappingRequest.class,
        GetEventSourceMappingResponse.builder().state("Enabled").build());
    Map<String, Object> settings = Map.of("queue", "http://q", "mapping", "uuid");
    assertSeen(State.TO_DO, null, look(MappingWasOff.TYPE, settings));

    Map<String, String> seen =
        Map.of(
            "off",
            "Disabled",
            "task",
            "4",
            "waiting",
            "1",
            "while off",
            "Pending",
            "on",
            "Enabled",
            "afterwards",
            "Completed");
    sent = List.of(new Sent.Drill("r", "mapping-off", "http://q", seen, LOAD_BEGAN));
    assertSeen(State.HOLDS, "seen on task 4", look(MappingWasOff.TYPE, settings));

    aws.on(
        GetEventSourceMappingRequest.class,
        GetEventSourceMappingResponse.builder().state("Disabled").build());
    assertSeen(State.NEVER, "it is Disabled now", look(MappingWasOff.TYPE, settings));
  }

  private void policy(String... statements) {
    aws.on(
        GetPolicyRequest.class,
        GetPolicyResponse.builder()
            .policy("{\"Statement\":[" + String.join(",", statements) + "]}")
            .build());
  }

  private static String statement(String sid, String action, String condition) {
    return "{\"Sid\":\"%s\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"%s\",\"Condition\":%s}"
        .formatted(sid, action, condition);
  }

  @Test
  void aUrlNeedsBothStatements() {
    String byUrl =
        statement(
            "a",
            "lambda:InvokeFunctionUrl",
            "{\"StringEquals\":{\"lambda:FunctionUrlAuthType\":\"NONE\"}}");
    String behind =
        statement(
            "b", "lambda:InvokeFunction", "{\"Bool\":{\"lambda:InvokedViaFunctionUrl\":\"true\"}}");
    Map<String, Object> settings = Map.of("function", "f");
    policy(byUrl, behind);
    assertSeen(State.HOLDS, null, look(UrlPermissions.TYPE, settings));

    policy(behind);
    Observation lacks = look(UrlPermissions.TYPE, settings);
    assertSeen(State.NEVER, "nobody may lambda:InvokeFunctionUrl: the URL answers 403", lacks);
    assertEquals(
        ShellCommand.of(
            "aws",
            "lambda",
            "add-permission",
            "--function-name",
            "f",
            "--statement-id",
            "pipelab-url",
            "--action",
            "lambda:InvokeFunctionUrl",
            "--principal",
            "*",
            "--function-url-auth-type",
            "NONE"),
        lacks.fix());

    policy(byUrl, statement("b", "lambda:InvokeFunction", "{}"));
    assertSeen(
        State.NEVER,
        "nobody may lambda:InvokeFunction via the URL: it answers 403; also lets *"
            + " lambda:InvokeFunction",
        look(UrlPermissions.TYPE, settings));
  }

  private Observation endpoint(VpcEndpoint... found) {
    aws.on(
        DescribeVpcEndpointsRequest.class,
        DescribeVpcEndpointsResponse.builder().vpcEndpoints(found).build());
    return look(
        InterfaceEndpoint.TYPE,
        Map.of(
            "vpc",
            "vpc-1",
            "service",
            "sns",
            "subnets",
            "subnet-1,subnet-2",
            "group",
            "sg-1",
            "action",
            "sns:Publish",
            "resource",
            TOPIC));
  }

  private static VpcEndpoint.Builder sns(String action) {
    return VpcEndpoint.builder()
        .vpcEndpointId("vpce-1")
        .serviceName("com.amazonaws.us-east-1.sns")
        .state("available")
        .subnetIds("subnet-2", "subnet-1")
        .groups(group -> group.groupId("sg-1"))
        .privateDnsEnabled(true)
        .policyDocument(
            ("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"%s\","
                    + "\"Resource\":\"%s\"}]}")
                .formatted(action, TOPIC));
  }

  @Test
  void anEndpointLeadsToOneTopicAndIsFixedByOneCall() {
    assertSeen(State.HOLDS, null, endpoint(sns("sns:Publish").build()));
    Observation none = endpoint();
    assertSeen(State.NEVER, "there is no endpoint for sns in vpc-1", none);
    assertEquals(null, none.fix(), "one made by hand would keep the stack from being deleted");
    assertSeen(
        State.NEVER,
        "its policy also allows * on "
            + TOPIC
            + "; its policy does not allow sns:Publish on "
            + TOPIC,
        endpoint(sns("*").build()));
    Observation unnamed = endpoint(sns("sns:Publish").privateDnsEnabled(false).build());
    assertSeen(
        State.NEVER,
        "its private name is off: functions go by the public one, and reach nothing",
        unnamed);
    assertTrue(String.valueOf(unnamed.fix()).contains("--private-dns-enabled"));
    assertSeen(State.NOT_YET, null, endpoint(sns("sns:Publish").state("pending").build()));
  }

  private Observation database(String status, boolean open) {
    aws.on(
        DescribeDbInstancesRequest.class,
        DescribeDbInstancesResponse.builder()
            .dbInstances(
                DBInstance.builder()
                    .engine("mysql")
                    .engineVersion("8.4.7")
                    .dbInstanceClass("db.t4g.micro")
                    .allocatedStorage(20)
                    .dbName("d")
                    .masterUsername("admin")
                    .publiclyAccessible(open)
                    .dbInstanceStatus(status)
                    .vpcSecurityGroups(group -> group.vpcSecurityGroupId("sg-1"))
                    .dbSubnetGroup(
                        subnets -> subnets.subnets(one -> one.subnetIdentifier("subnet-1")))
                    .build())
            .build());
    return look(
        DatabaseInstance.TYPE,
        Map.of(
            "instance",
            "db",
            "engine",
            "mysql",
            "version",
            "8.4",
            "class",
            "db.t4g.micro",
            "gigabytes",
            20L,
            "database",
            "d",
            "user",
            "admin",
            "group",
            "sg-1",
            "subnets",
            "subnet-1"));
  }

  @Test
  void aDatabaseIsAvailableAndNotPublic() {
    assertSeen(State.HOLDS, "mysql 8.4.7, available", database("available", false));
    assertSeen(State.NOT_YET, "mysql 8.4.7, starting", database("starting", false));
    Observation stopped = database("stopped", false);
    assertSeen(State.LACKS, null, stopped);
    assertTrue(String.valueOf(stopped.fix()).contains("start-db-instance"));
    assertSeen(State.NEVER, "it has an address in the internet", database("available", true));
  }

  private Observation secret(String variable, String template, String log) {
    aws.on(
            GetSecretValueRequest.class,
            GetSecretValueResponse.builder().secretString("{\"password\":\"pw-1\"}").build())
        .on(
            GetFunctionConfigurationRequest.class,
            GetFunctionConfigurationResponse.builder()
                .environment(to -> to.variables(Map.of("DB_PASSWORD", variable)))
                .build())
        .on(GetTemplateRequest.class, GetTemplateResponse.builder().templateBody(template).build())
        .on(
            DescribeStacksRequest.class,
            DescribeStacksResponse.builder().stacks(Stack.builder().stackName("s").build()).build())
        .on(DescribeStackEventsRequest.class, DescribeStackEventsResponse.builder().build())
        .on(
            FilterLogEventsRequest.class,
            FilterLogEventsResponse.builder()
                .events(FilteredLogEvent.builder().message(log).build())
                .build());
    return look(
        SecretKept.TYPE,
        Map.of(
            "secret",
            "arn",
            "key",
            "password",
            "stack",
            "s",
            "functions",
            List.of("f"),
            "variable",
            "DB_PASSWORD",
            "logGroups",
            List.of("/g")));
  }

  @Test
  void aPasswordIsInTheVariableAndNowhereElseAndIsNeverShown() {
    assertSeen(State.HOLDS, null, secret("pw-1", "{}", "line"));
    assertSeen(
        State.NEVER,
        "DB_PASSWORD of f is not the secret's password",
        secret("other", "{}", "line"));
    assertSeen(State.NEVER, "it stands in the stack's template", secret("pw-1", "x pw-1", ""));
    Observation told = secret("pw-1", "{}", "connecting with pw-1");
    assertSeen(State.NEVER, "it stands in the log /g", told);
    assertFalse(told.toString().contains("pw-1"), told.toString());
  }

  /** The fix of a function's memory must not repeat its variables. */
  @Test
  void aHiddenVariableIsInNoCommand() {
    aws.on(
        GetFunctionConfigurationRequest.class,
        GetFunctionConfigurationResponse.builder()
            .state("Active")
            .memorySize(128)
            .environment(to -> to.variables(Map.of("DB_PASSWORD", "pw-1", "DB_NAME", "d")))
            .build());
    Map<String, Object> right = Map.of("DB_NAME", "d");
    Observation memory =
        look(
            FunctionConfiguration.TYPE,
            Map.of("function", "f", "memory", 512L, "environment", right, "hidden", "DB_PASSWORD"));
    assertSeen(State.NEVER, "memory is 128, not 512", memory);
    assertFalse(memory.toString().contains("pw-1"), memory.toString());

    Observation variable =
        look(
            FunctionConfiguration.TYPE,
            Map.of(
                "function", "f", "environment", Map.of("DB_NAME", "e"), "hidden", "DB_PASSWORD"));
    assertSeen(State.NEVER, "environment.DB_NAME is d, not e", variable);
    assertEquals(null, variable.fix());
  }

  private Observation identity(String arn) {
    answer = "<GetCallerIdentityResult><Arn>" + arn + "</Arn></GetCallerIdentityResult>";
    String signed =
        "{\"url\":\"%s\",\"headers\":{\"Authorization\":\"x\",\"Host\":\"h\"},\"body\":\"b\"}"
            .formatted(url());
    aws.on(
        InvokeRequest.class,
        InvokeResponse.builder().payload(SdkBytes.fromUtf8String(signed)).build());
    return look(FunctionIdentity.TYPE, Map.of("function", "f", "role", "r"));
  }

  @Test
  void whoSignedIsTheFunctionsOwnRoleUnderItsName() {
    String prefix = "arn:aws:sts::000000000000:assumed-role/";
    assertSeen(State.HOLDS, prefix + "r/f", identity(prefix + "r/f"));
    assertSeen(State.NEVER, "it is " + prefix + "other/f", identity(prefix + "other/f"));
    assertSeen(
        State.NEVER,
        "it is arn:aws:iam::000000000000:root",
        identity("arn:aws:iam::000000000000:root"));
  }

  @Test
  void coldStartsAreFiguresOfEach() {
    aws.on(
        FilterLogEventsRequest.class,
        request ->
            FilterLogEventsResponse.builder()
                .events(
                    request.logGroupName().equals("/zip")
                        ? List.of(
                            FilteredLogEvent.builder()
                                .message("REPORT RequestId: 1 Init Duration: 640.2 ms")
                                .build(),
                            FilteredLogEvent.builder().message("REPORT RequestId: 2").build())
                        : List.of())
                .build());
    Map<String, Object> zip = Map.of("name", "zip", "logGroup", "/zip");
    Map<String, Object> image = Map.of("name", "image", "logGroup", "/image");
    assertSeen(
        State.HOLDS,
        "zip 640 ms (one start)",
        look(ColdStarts.TYPE, Map.of("functions", List.of(zip))));
    assertSeen(
        State.NOT_YET,
        "image was never started cold",
        look(ColdStarts.TYPE, Map.of("functions", List.of(zip, image))));
  }

  private Observation refused(String status, String reason) {
    aws.on(
        DescribeStackEventsRequest.class,
        DescribeStackEventsResponse.builder()
            .stackEvents(
                event ->
                    event
                        .logicalResourceId("F")
                        .resourceStatus("UPDATE_FAILED")
                        .resourceStatusReason(reason))
            .build());
    aws.on(
        DescribeStacksRequest.class,
        DescribeStacksResponse.builder()
            .stacks(Stack.builder().stackStatus(status).build())
            .build());
    return look(
        UpdateRefused.TYPE, Map.of("stack", "s", "resource", "F", "says", "requires replacing"));
  }

  @Test
  void aRefusedUpdateIsInTheStacksEvents() {
    assertSeen(
        State.HOLDS,
        "it requires replacing",
        refused("UPDATE_ROLLBACK_COMPLETE", "it requires replacing"));
    assertSeen(State.LACKS, null, refused("UPDATE_ROLLBACK_COMPLETE", "Rate exceeded"));
    assertSeen(State.NEVER, null, refused("UPDATE_ROLLBACK_FAILED", "it requires replacing"));
    aws.on(DescribeStackEventsRequest.class, DescribeStackEventsResponse.builder().build());
    assertSeen(
        State.TO_DO,
        "nobody has tried it",
        look(UpdateRefused.TYPE, Map.of("stack", "s", "resource", "F", "says", "x")));
  }
}
