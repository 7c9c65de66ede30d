package io.pipelab.workflow.doctor;

import io.pipelab.lab.TemplateResource;
import io.pipelab.target.AwsClients;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/** Whether each service that the lab's templates use answers: one cheap call each. */
final class ServicesProbe implements Probe {
  private static final Map<String, Consumer<AwsClients>> CALLS = new LinkedHashMap<>();

  static {
    CALLS.put("CloudFormation", clients -> clients.cloudFormation().listStacks());
    CALLS.put("SQS", clients -> clients.sqs().listQueues(r -> r.maxResults(1)));
    CALLS.put("SNS", clients -> clients.sns().listTopics());
    CALLS.put("S3", clients -> clients.s3().listBuckets());
    CALLS.put("DynamoDB", clients -> clients.dynamoDb().listTables(r -> r.limit(1)));
    CALLS.put("Lambda", clients -> clients.lambda().listFunctions(r -> r.maxItems(1)));
    CALLS.put("ECS", clients -> clients.ecs().listClusters(r -> r.maxResults(1)));
    CALLS.put("ECR", clients -> clients.ecr().describeRepositories(r -> r.maxResults(1)));
    CALLS.put("CloudWatch", clients -> clients.cloudWatch().describeAlarms(r -> r.maxRecords(1)));
    CALLS.put("Logs", clients -> clients.logs().describeLogGroups(r -> r.limit(1)));
    CALLS.put("IAM", clients -> clients.iam().listRoles(r -> r.maxItems(1)));
    CALLS.put("EC2", clients -> clients.ec2().describeVpcs());
  }

  private final List<TemplateResource> resources;
  private final AwsClients clients;
  private final String target;

  ServicesProbe(List<TemplateResource> resources, AwsClients clients, String target) {
    this.resources = resources;
    this.clients = clients;
    this.target = target;
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    List<String> answering = new ArrayList<>();
    CALLS.forEach(
        (service, call) -> {
          if (service.equals("CloudFormation") || isUsed(service)) {
            try {
              call.accept(clients);
              answering.add(service);
            } catch (SdkException e) {
              findings.add(finding(service, e));
            }
          }
        });
    if (!answering.isEmpty()) {
      findings.add(0, Finding.ok("services", String.join(", ", answering) + " answer"));
    }
    return findings;
  }

  private boolean isUsed(String service) {
    return resources.stream()
        .anyMatch(resource -> resource.type().startsWith("AWS::" + service + "::"));
  }

  /** Who may not list may still be allowed to create. */
  private Finding finding(String service, SdkException e) {
    Failure failure = ServiceFailures.explain(e, target);
    return failure.kind() == Failure.Kind.REFUSED
        ? Finding.note("services", service + " refused a look: " + failure.why(), failure.next())
        : Finding.stops("services", named(service, failure));
  }

  private static Failure named(String service, Failure failure) {
    return new Failure(
        failure.kind(), service + ": " + failure.what(), failure.why(), failure.next(), failure);
  }
}
