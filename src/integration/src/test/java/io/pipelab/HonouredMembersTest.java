package io.pipelab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.pipelab.lab.template.EmbeddedActions;
import io.pipelab.local.declared.ActionDeclaration;
import io.pipelab.local.declared.Declarations;
import io.pipelab.local.declared.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an action declares to honour, some code of the cloud reads. */
@AnalyzeClasses(
    packages = "io.pipelab",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class HonouredMembersTest {
  /** Their requests are handed on whole: to DynamoDB Local, or member by member of one name. */
  private static final Set<String> HANDED_ON =
      Set.of(
          "apigatewayv2 CreateApi",
          "apigatewayv2 CreateIntegration",
          "apigatewayv2 CreateRoute",
          "apigatewayv2 CreateStage",
          "apigatewayv2 UpdateApi",
          "apigatewayv2 UpdateIntegration",
          "apigatewayv2 UpdateRoute",
          "apigatewayv2 UpdateStage",
          "dynamodb BatchExecuteStatement",
          "dynamodb BatchGetItem",
          "dynamodb BatchWriteItem",
          "dynamodb DeleteItem",
          "dynamodb DescribeTimeToLive",
          "dynamodb ExecuteTransaction",
          "dynamodb GetItem",
          "dynamodb ListTables",
          "dynamodb PutItem",
          "dynamodb TransactGetItems",
          "dynamodb TransactWriteItems",
          "dynamodb UpdateItem",
          "dynamodb UpdateTimeToLive",
          "lambda UpdateFunctionCode",
          "s3 CopyObject",
          "s3 CreateMultipartUpload",
          "s3 HeadObject",
          "s3 PutObject",
          "s3 UploadPart");

  private static final Map<String, String> MODELS = Map.of("logs", "cloudwatchlogs");

  @ArchTest
  static void honouredMembersAreRead(JavaClasses classes) {
    Map<String, Set<String>> getters = getters(classes);
    List<String> mistakes = new ArrayList<>();
    int looked = 0;
    for (String service : EmbeddedActions.SERVICES) {
      for (ActionDeclaration action : Declarations.named(service).orElseThrow().all()) {
        String model = MODELS.getOrDefault(service, service);
        Set<String> read =
            getters.getOrDefault(
                (model + "." + action.name() + "Request").toLowerCase(Locale.ROOT), Set.of());
        if (read.contains("tobuilder") || HANDED_ON.contains(service + " " + action.name())) {
          continue; // what is made of it is read elsewhere
        }
        for (Map.Entry<String, Member> member : action.members().entrySet()) {
          looked++;
          if (service.equals("ec2") && member.getKey().equals("DryRun")) {
            continue; // DryRuns reads it of every request
          }
          if (isHonoured(member.getValue()) && !read.contains(getter(member.getKey()))) {
            mistakes.add(service + " " + action.name() + ": nothing reads " + member.getKey());
          }
        }
      }
    }
    assertTrue(looked > 500, looked + " members");
    assertEquals(List.of(), mistakes, () -> "\n" + String.join("\n", mistakes));
  }

  /** S3's model has a bucket and a key that the SDK calls otherwise. */
  private static String getter(String member) {
    return member.toLowerCase(Locale.ROOT).replaceFirst("^destination(bucket|key)$", "$1");
  }

  private static boolean isHonoured(Member member) {
    return member.below().isEmpty()
        ? member.use() == Member.Use.HONOURED
        : member.below().values().stream().anyMatch(HonouredMembersTest::isHonoured);
  }

  /** By model and request, in lower case: the members whose getters something calls. */
  private static Map<String, Set<String>> getters(JavaClasses classes) {
    Map<String, Set<String>> getters = new HashMap<>();
    for (JavaClass each : classes) {
      if (each.getPackageName().startsWith("io.pipelab.local")) {
        each.getMethodCallsFromSelf().forEach(call -> add(getters, call));
        each.getMethodReferencesFromSelf().forEach(reference -> add(getters, reference));
      }
    }
    return getters;
  }

  private static void add(Map<String, Set<String>> getters, JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    if (!owner.getName().startsWith("software.amazon.awssdk.services.")) {
      return;
    }
    String model = owner.getPackageName().split("\\.")[4];
    String name = access.getTarget().getName();
    Set<String> of =
        getters.computeIfAbsent(
            (model + "." + owner.getSimpleName()).toLowerCase(Locale.ROOT), key -> new HashSet<>());
    of.add(name.toLowerCase(Locale.ROOT));
    of.add(name.replaceFirst("AsStrings?$", "").toLowerCase(Locale.ROOT));
    of.add(name.replaceFirst("^has", "").toLowerCase(Locale.ROOT));
  }
}
