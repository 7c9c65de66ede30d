package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.target.HttpCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Breaks one copy of the lab {@code task-manager} in what it is built of, one thing after another;
 * each is fixed by the command of {@code verify} before the next one is broken.
 */
final class TaskBreakages {
  private static final List<String> STEPS =
      List.of(
          "network",
          "database",
          "queue",
          "endpoint",
          "secret",
          "url-permissions",
          "url",
          "mapping",
          "schema",
          "auto-processing");

  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(10);

  private final LabCopy lab;
  private Verified seen;

  private TaskBreakages(LabCopy lab) {
    this.lab = lab;
    this.seen = lab.verify(0);
  }

  static void breakOneAfterAnother(LabCopy lab) {
    lab.up();
    TaskBreakages built = new TaskBreakages(lab);
    built.seen.passed("network", "database", "endpoint", "secret", "url", "mapping", "identity");
    assertEquals(201, built.post("before anything is broken").status());
    built.mappingSwitchedOff();
    built.queuePolicy();
    built.urlPermission("lambda:InvokeFunctionUrl");
    built.urlPermission("lambda:InvokeFunction");
    built.databaseSecurityGroup();
    built.endpointsName();
    built.mappingDeleted();
    built.endpoint();
    built.secret();
    lab.down();
  }

  private Verified verify(int exit, String... more) {
    List<String> steps = new ArrayList<>(List.of(more));
    for (String each : STEPS) {
      steps.addAll(List.of("--step", each));
    }
    seen = lab.verify(exit, steps.toArray(String[]::new));
    return seen;
  }

  /** What is broken for good is told at once, and not waited for. */
  private Verified broken() {
    return verify(1, "--within", "1s");
  }

  private void fixed(String step) {
    lab.paste(seen, step);
    verify(0).passed(step);
  }

  private HttpCaller.Answer post(String title) {
    try {
      return new HttpCaller()
          .call("POST", lab.output("TasksUrl"), "/", "{\"title\":\"" + title + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String mapping() {
    return lab.output("MappingId");
  }

  private void mappingSwitchedOff() {
    lab.aws.lambda().updateEventSourceMapping(update -> update.uuid(mapping()).enabled(false));
    broken().brokenAt("mapping", "SQS -> Lambda", "Disabl", "update-event-source-mapping");
    fixed("mapping");
  }

  /** The one that fixes it belongs to no stack: whoever made it takes it away. */
  private void mappingDeleted() {
    String function = lab.output("ProcessingFunctionName");
    lab.aws.lambda().deleteEventSourceMapping(delete -> delete.uuid(mapping()));
    broken().brokenAt("mapping", "SQS -> Lambda", "", "event-source-mapping");
    fixed("mapping");
    lab.aws
        .lambda()
        .listEventSourceMappings(list -> list.functionName(function))
        .eventSourceMappings()
        .forEach(one -> lab.aws.lambda().deleteEventSourceMapping(to -> to.uuid(one.uuid())));
  }

  private void queuePolicy() {
    String queue = lab.output("QueueUrl");
    lab.aws
        .sqs()
        .setQueueAttributes(
            set -> set.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, "")));
    broken()
        .brokenAt(
            "queue", "SNS -> SQS", "does not let in sns.amazonaws.com", "set-queue-attributes")
        .passed("network", "endpoint", "url", "mapping");
    fixed("queue");
  }

  private void urlPermission(String action) {
    String function = lab.output("ManagementFunctionName");
    lab.aws
        .lambda()
        .removePermission(
            remove -> remove.functionName(function).statementId(sid(function, action)));
    HttpCaller.Answer answer = post("nobody hears");
    assertEquals(403, answer.status());
    assertTrue(answer.body().startsWith("{\"Message\":\"Forbidden. For trouble"), answer.body());
    broken()
        .brokenAt("url-permissions", "URL -> Lambda", "nobody may " + action, "add-permission")
        .passed("network", "database", "mapping");
    fixed("url-permissions");
  }

  private String sid(String function, String action) {
    String policy = lab.aws.lambda().getPolicy(get -> get.functionName(function)).policy();
    for (JsonNode statement : json(policy).path("Statement")) {
      if (statement.path("Action").asText().equals(action)) {
        return statement.path("Sid").asText();
      }
    }
    throw new AssertionError(policy);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void databaseSecurityGroup() {
    String group = lab.output("DatabaseSecurityGroupId");
    String functions = lab.output("FunctionSecurityGroupId");
    IpPermission rule =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(3306)
            .toPort(3306)
            .userIdGroupPairs(pair -> pair.groupId(functions))
            .build();
    lab.aws.ec2().revokeSecurityGroupIngress(revoke -> revoke.groupId(group).ipPermissions(rule));
    broken()
        .brokenAt("network", "VPC", "in: nothing", "authorize-security-group-ingress")
        .passed("queue", "endpoint", "mapping");
    fixed("network");
  }

  private String endpointId() {
    String vpc = lab.output("VpcId");
    return lab.aws
        .ec2()
        .describeVpcEndpoints(
            list -> list.filters(Filter.builder().name("vpc-id").values(vpc).build()))
        .vpcEndpoints()
        .get(0)
        .vpcEndpointId();
  }

  /**
   * Without a way to the topic a task is stored and waits; with it, the next one takes it along.
   */
  private void endpointsName() {
    lab.aws.ec2().modifyVpcEndpoint(to -> to.vpcEndpointId(endpointId()).privateDnsEnabled(false));
    long began = System.nanoTime();
    HttpCaller.Answer answer = post("waits in the outbox");
    assertEquals(503, answer.status(), answer.body());
    assertTrue(System.nanoTime() - began < FUNCTION_TIMEOUT.toNanos(), "took too long");
    assertTrue(json(answer.body()).path("task_id").isInt(), answer.body());
    broken()
        .brokenAt("endpoint", "VPC -> SNS", "its private name is off", "modify-vpc-endpoint")
        .passed("network", "database", "queue", "mapping");
    lab.paste(seen, "endpoint");
    assertEquals(201, post("takes the other one along").status());
    verify(0).passed("endpoint", "auto-processing");
  }

  private void endpoint() {
    lab.aws.ec2().deleteVpcEndpoints(delete -> delete.vpcEndpointIds(endpointId()));
    broken()
        .brokenAt("endpoint", "VPC -> SNS", "there is no endpoint", "pipelab down")
        .passed("network", "database", "queue");
    lab.paste(seen, "endpoint");
    assertEquals(201, post("after it was set up again").status());
    verify(0).passed("endpoint");
  }

  private void secret() {
    String function = lab.output("ProcessingFunctionName");
    Map<String, String> variables =
        new HashMap<>(
            lab.aws
                .lambda()
                .getFunctionConfiguration(get -> get.functionName(function))
                .environment()
                .variables());
    String password = variables.put("DB_PASSWORD", "somebody-else");
    lab.aws
        .lambda()
        .updateFunctionConfiguration(
            update -> update.functionName(function).environment(to -> to.variables(variables)));
    String document = broken().document().toString();
    assertTrue(!document.contains(String.valueOf(password)), "the password is shown");
    seen.brokenAt("secret", "Secrets Manager -> Lambda", "is not the secret's password", "pipelab");
  }
}
