package io.pipelab.workflow.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.LabManifest;
import io.pipelab.target.Failure;
import io.pipelab.workflow.step.LabInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least policies of the bundled labs: what they hold, how narrow and how long they are. */
class LeastPolicyTest {
  private static final LeastPolicy.Place HOME =
      new LeastPolicy.Place("aws", "111122223333", "eu-west-1");

  /** These know no resource (AWS: Service Authorization Reference), or are asked of all. */
  private static final Set<String> ANYWHERE =
      Set.of(
          "cloudformation:DescribeStacks",
          "cloudformation:ListStacks",
          "cloudwatch:GetMetricData",
          "cloudwatch:GetMetricStatistics",
          "ecr:GetAuthorizationToken",
          "ecs:DeregisterTaskDefinition",
          "ecs:DescribeTaskDefinition",
          "ecs:ListTasks",
          "lambda:CreateEventSourceMapping",
          "lambda:ListEventSourceMappings",
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeIndexPolicies",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "secretsmanager:GetRandomPassword",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery");

  @TempDir Path folder;

  private static List<Lab> labs() {
    return LabCatalog.in(Path.of("templates")).labs();
  }

  @Test
  void everyTypeOfTheLabsIsCovered() {
    for (Lab lab : labs()) {
      assertFalse(policy(lab, "", LeastPolicy.Use.UP).isEmpty(), lab.id());
    }
  }

  @Test
  void aTypeThatNobodyKnowsIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("lab.yaml"),
        """
        title: t
        summary: s
        services: [X]
        cost: {hourlyUsd: 0}
        stacks: [{id: lab, template: stack.yaml}]
        steps:
          - id: a
            title: t
            hop: h
            checks: [{type: queue-depth, hint: h}]
        """);
    Files.writeString(
        folder.resolve("stack.yaml"), "Resources: {Tree: {Type: AWS::Garden::Tree}}\n");
    Failure failure =
        assertThrows(Failure.class, () -> policy(LabManifest.read(folder), "", LeastPolicy.Use.UP));
    assertEquals("the permissions for AWS::Garden::Tree are not known", failure.what());
  }

  @Test
  void eachDocumentIsShortEnoughToBeAManagedPolicy() throws IOException {
    for (Lab lab : labs()) {
      for (LeastPolicy.Use use : LeastPolicy.Use.values()) {
        for (Map<String, Object> document : policy(lab, "two", use)) {
          int length = new ObjectMapper().writeValueAsString(document).length();
          assertEquals(length, PolicyText.characters(document), "as IAM counts");
          assertTrue(length <= Permissions.MOST_CHARACTERS, lab.id() + ": " + length);
        }
      }
    }
  }

  @Test
  void namesAreAsNarrowAsTheTemplateGivesThem() {
    Map<String, Set<String>> of = resources("image-resize", "two", LeastPolicy.Use.UP);

    assertEquals(
        Set.of(
            "arn:aws:sqs:eu-west-1:111122223333:two-thumbnail-queue",
            "arn:aws:sqs:eu-west-1:111122223333:two-thumbnail-dead-letter",
            "arn:aws:sqs:eu-west-1:111122223333:two-mobile-queue",
            "arn:aws:sqs:eu-west-1:111122223333:two-mobile-dead-letter"),
        of.get("sqs:CreateQueue"));
    assertEquals(
        Set.of("arn:aws:sns:eu-west-1:111122223333:two-resize-image-topic-*"),
        of.get("sns:Publish"));
    assertEquals(
        Set.of("arn:aws:cloudformation:eu-west-1:111122223333:stack/pipelab-two-image-resize-*/*"),
        of.get("cloudformation:DeleteStack"));
    assertTrue(
        of.get("s3:PutObject").contains("arn:aws:s3:::two-resize-image-111122223333-eu-west-1/*"));
  }

  @Test
  void onlyActionsThatKnowNoResourceAreAllowedEverywhere() {
    for (Lab lab : labs()) {
      resources(lab.id(), "", LeastPolicy.Use.UP)
          .forEach(
              (action, resources) -> {
                assertFalse(action.contains("*"), action);
                if (resources.contains("*")) {
                  assertTrue(
                      ANYWHERE.contains(action) || action.startsWith("ec2:Describe"), action);
                }
              });
    }
  }

  @Test
  void aRoleIsPassedToWhomItTrustsAndToNobodyElse() {
    List<Map<?, ?>> passes =
        policy(lab("decoupling"), "", LeastPolicy.Use.UP).stream()
            .flatMap(document -> statements(document).stream())
            .filter(statement -> texts(statement.get("Action")).contains("iam:PassRole"))
            .collect(Collectors.toList());

    Map<Object, Set<String>> byService = new LinkedHashMap<>();
    passes.forEach(
        pass -> byService.put(pass.get("Condition"), Set.copyOf(texts(pass.get("Resource")))));
    String role = "arn:aws:iam::111122223333:role/fasttrack-saa-";
    assertEquals(
        Map.of(
            to("lambda.amazonaws.com"), Set.of(role + "lambda-role"),
            to("ecs-tasks.amazonaws.com"), Set.of(role + "task-role", role + "taskexecution-role")),
        byService);
  }

  private static Map<?, ?> to(String service) {
    return Map.of("StringEquals", Map.of("iam:PassedToService", List.of(service)));
  }

  @Test
  void whoDeploysFunctionsMayDoNothingElse() {
    Map<String, Set<String>> of = resources("job-offers", "", LeastPolicy.Use.DEPLOY_FUNCTION);

    assertEquals(
        Set.of(
            "cloudformation:DescribeStacks",
            "cloudformation:ListStackResources",
            "lambda:UpdateFunctionCode",
            "lambda:GetFunctionConfiguration",
            "lambda:PublishVersion",
            "s3:ListBucket",
            "s3:GetObject",
            "s3:PutObject"),
        of.keySet());
    assertEquals(
        Set.of("arn:aws:s3:::pipelab-job-offers-111122223333-eu-west-1/functions/*"),
        of.get("s3:PutObject"));
    assertEquals(3, of.get("lambda:UpdateFunctionCode").size());
  }

  /** As far as cfn-lint knows them: its rule W3037 holds actions against AWS's list. */
  @Test
  void everyActionExists() throws IOException, InterruptedException {
    Set<String> actions = new TreeSet<>();
    for (Lab lab : labs()) {
      for (LeastPolicy.Use use : LeastPolicy.Use.values()) {
        actions.addAll(resources(lab.id(), "", use).keySet());
      }
    }
    actions.add("sqs:NoSuchAction");
    Map<String, Object> statement =
        Map.of("Effect", "Allow", "Action", List.copyOf(actions), "Resource", "*");
    Map<String, Object> policy = Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    Map<String, Object> resource =
        Map.of("Type", "AWS::IAM::ManagedPolicy", "Properties", Map.of("PolicyDocument", policy));
    Path template = folder.resolve("template.json");
    Files.writeString(
        template,
        new ObjectMapper().writeValueAsString(Map.of("Resources", Map.of("All", resource))));
    List<String> unknown = lint(template).lines().filter(line -> line.contains("W3037")).toList();
    assertEquals(1, unknown.size(), unknown.toString());
    assertTrue(unknown.get(0).contains("nosuchaction"), unknown.toString());
  }

  private static String lint(Path template) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "cfn-lint"))),
        "cfn-lint is not installed");
    Process process =
        new ProcessBuilder("cfn-lint", "--", template.toString()).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return told;
  }

  /** The resources on which each action is allowed. */
  private static Map<String, Set<String>> resources(
      String lab, String instance, LeastPolicy.Use use) {
    Map<String, Set<String>> of = new LinkedHashMap<>();
    for (Map<String, Object> document : policy(lab(lab), instance, use)) {
      for (Map<?, ?> statement : statements(document)) {
        for (String action : texts(statement.get("Action"))) {
          of.computeIfAbsent(action, none -> new TreeSet<>())
              .addAll(texts(statement.get("Resource")));
        }
      }
    }
    return of;
  }

  private static Lab lab(String id) {
    return LabCatalog.in(Path.of("templates")).lab(id);
  }

  private static List<Map<String, Object>> policy(Lab lab, String instance, LeastPolicy.Use use) {
    return LeastPolicy.documents(
        new LabInstance(lab, instance), lab.parameterValues(false, Map.of()), HOME, use);
  }

  private static List<Map<?, ?>> statements(Map<String, Object> document) {
    List<Map<?, ?>> statements = new ArrayList<>();
    if (document.get("Statement") instanceof List<?> list) {
      list.forEach(each -> statements.add((Map<?, ?>) each));
    }
    return statements;
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
