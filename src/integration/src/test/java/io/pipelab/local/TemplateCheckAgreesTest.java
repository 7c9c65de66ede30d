package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.template.EmbeddedTypes;
import io.pipelab.lab.template.TemplateCheck;
import io.pipelab.local.cloudformation.template.SupportCheck;
import io.pipelab.local.cloudformation.template.Template;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the engine refuses before it creates anything, the check of a lab's templates tells too. */
class TemplateCheckAgreesTest {
  private static final String GOOD =
      """
      Parameters:
        Name: {Type: String, Default: q}
      Mappings:
        Sizes: {Small: {Seconds: 5}}
      Conditions:
        Named: !Not [!Equals [!Ref Name, ""]]
      Resources:
        Queue:
          Type: AWS::SQS::Queue
          Condition: Named
          Properties:
            QueueName: !Sub "${Name}-${AWS::Region}-${!literal}"
            VisibilityTimeout: !FindInMap [Sizes, Small, Seconds]
        Table:
          Type: AWS::DynamoDB::Table
          DependsOn: Other
          Properties:
            BillingMode: !If [Named, PAY_PER_REQUEST, PROVISIONED]
            KeySchema: [{AttributeName: a, KeyType: HASH}]
            AttributeDefinitions: [{AttributeName: a, AttributeType: S}]
        Other:
          Type: AWS::SNS::Topic
          Properties:
            DisplayName: !Join ["-", [!GetAtt Table.Arn, {"Fn::GetAtt": [Table, Arn]}]]
      Outputs:
        Arn: {Value: !GetAtt Other.TopicArn}
      """;

  /** What is replaced in the good template, what with, and the line where it then is wrong. */
  private static final Map<String, List<String>> BROKEN = new TreeMap<>();

  static {
    BROKEN.put("unknown type", List.of("AWS::SNS::Topic", "AWS::SNS::Topik", "22"));
    BROKEN.put("unknown property", List.of("DisplayName", "DisplaysName", "24"));
    BROKEN.put("missing property", List.of("      KeySchema:", "      #", "14"));
    BROKEN.put("bad Ref", List.of("!Ref Name", "!Ref Nmae", "6"));
    BROKEN.put("bad Sub", List.of("${Name}", "${Nmae}", "12"));
    BROKEN.put("bad attribute", List.of("Other.TopicArn", "Other.TopicURN", "26"));
    BROKEN.put("bad GetAtt", List.of("!GetAtt Table.Arn", "!GetAtt Tabel.Arn", "24"));
    BROKEN.put("bad long GetAtt", List.of("[Table, Arn]", "[Tabel, Arn]", "24"));
    BROKEN.put("bad DependsOn", List.of("DependsOn: Other", "DependsOn: Others", "16"));
    BROKEN.put("bad condition", List.of("Condition: Named", "Condition: Naned", "10"));
    BROKEN.put("bad If", List.of("!If [Named", "!If [Naned", "18"));
    BROKEN.put("bad mapping", List.of("!FindInMap [Sizes", "!FindInMap [Size", "13"));
    BROKEN.put("unknown function", List.of("!Join", "!Jion", "24"));
    BROKEN.put("unknown section", List.of("Outputs:", "Output:", "25"));
    BROKEN.put("unknown member", List.of("DependsOn:", "DependOn:", "16"));
    BROKEN.put("unsupported member", List.of("DependsOn: Other", "CreationPolicy: {}", "16"));
    BROKEN.put("unsupported section", List.of("Mappings:", "Transform: X\nMappings:", "3"));
    BROKEN.put("not YAML", List.of("Outputs:", "Outputs: ]", "25"));
    BROKEN.put("no type", List.of("Type: AWS::SNS::Topic", "Metadata: {}", "21"));
    BROKEN.put("no value", List.of("{Value: !GetAtt Other.TopicArn}", "{Description: x}", "26"));
  }

  @TempDir static Path folder;
  private static DataFolder data;
  private static LocalCloud cloud;

  @BeforeAll
  static void start() throws IOException {
    data = DataFolder.create(folder);
    cloud = LocalCloud.start(CloudInProcess.settings(folder), data.path());
  }

  @AfterAll
  static void stop() {
    cloud.close();
    data.close();
  }

  @TestFactory
  Stream<DynamicTest> bothRefuse() {
    return BROKEN.entrySet().stream()
        .map(test -> DynamicTest.dynamicTest(test.getKey(), () -> refuse(test.getValue())));
  }

  private void refuse(List<String> change) throws IOException {
    String body = GOOD.replace(change.get(0), change.get(1));
    assertThrows(AwsError.class, () -> engine(body));

    List<Mistake> mistakes = mistakes(body);

    assertEquals(
        List.of(Integer.valueOf(change.get(2))),
        mistakes.stream().map(mistake -> mistake.place().line()).distinct().toList(),
        mistakes.toString());
  }

  @Test
  void bothTakeWhatIsRight() throws IOException {
    engine(GOOD);
    assertEquals(List.of(), mistakes(GOOD));
    for (Path template :
        LabCatalog.in(Path.of("templates")).labs().stream()
            .flatMap(lab -> lab.stacks().stream())
            .map(stack -> stack.template())
            .toList()) {
      engine(Files.readString(template));
      assertEquals(
          List.of(), TemplateCheck.mistakesIn(template, Optional.of(EmbeddedTypes.read())));
    }
  }

  private static void engine(String body) {
    SupportCheck.require(Template.parse(body), cloud.resourceTypes());
  }

  private static List<Mistake> mistakes(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("template.yaml"), body);
    return TemplateCheck.mistakesIn(file, Optional.of(EmbeddedTypes.read()));
  }
}
