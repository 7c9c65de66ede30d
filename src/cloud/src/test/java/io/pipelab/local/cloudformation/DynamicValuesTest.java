package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.kernel.ParameterStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

class DynamicValuesTest {
  private static final String VALUE = "hunter2-and-more";

  private final FakeCloud cloud = new FakeCloud();

  @BeforeEach
  void store() {
    cloud.secrets.put("db/null/null", "{\"password\": \"" + VALUE + "\", \"port\": 3306}");
    cloud.secrets.put("db/AWSPREVIOUS/null", "old");
    cloud.parameters.put("user", new ParameterStore.Value("String", "admin"));
    cloud.parameters.put("user:2", new ParameterStore.Value("String", "second"));
    cloud.parameters.put("safe", new ParameterStore.Value("SecureString", "s3cret-parameter"));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private static String template(String free) {
    return "Resources:\n  A: {Type: Fake::Fake, Properties: {Free: " + free + "}}\n";
  }

  private String free() {
    return cloud.fake.existing.get(cloud.physicalId("demo", "A"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '{{resolve:secretsmanager:db:SecretString:password}}' | "hunter2-and-more"
          '{{resolve:secretsmanager:db:SecretString:port::}}' | "3306"
          '{{resolve:secretsmanager:db:SecretString::AWSPREVIOUS}}' | "old"
          'x{{resolve:ssm:user}}:{{resolve:secretsmanager:db:SecretString:password}}y' | "xadmin:hunter2-and-morey"
          '{{resolve:ssm:user:2}}' | "second"
          !Join ['', ['{{resolve:ssm:', user, '}}']] | "admin"
          [{a: ['{{resolve:ssm:user}}']}] | [{"a":["admin"]}]
          """)
  void valuesStandInEveryPlaceOfAProperty(String written, String value) {
    cloud.create(
        "demo", template(written.startsWith("{{") ? "'" + written + "'" : quoted(written)));
    assertEquals("CREATE_COMPLETE", cloud.status("demo"), () -> cloud.events("demo").toString());
    assertEquals("{\"Free\":" + value + "}", free());
  }

  /** The table's own quotes are gone. */
  private static String quoted(String written) {
    return written.startsWith("x{{") ? "'" + written + "'" : written;
  }

  @Test
  void noSecretIsShownAnywhere() {
    cloud.fake.telling.add("create B");
    String template =
        template("'{{resolve:secretsmanager:db:SecretString:password}}'")
            + "  B: {Type: Fake::Fake, DependsOn: A, Properties: {Free:"
            + " ['{{resolve:secretsmanager:db:SecretString:password}}']}}\n";
    cloud.create("demo", template);
    String events =
        cloud
            .call(
                DescribeStackEventsRequest.builder().stackName("demo").build(),
                DescribeStackEventsResponse.class)
            .toString();
    assertTrue(events.contains("cannot take {\"Free\":[\"****\"]}"), events);
    assertFalse(events.contains(VALUE), events);
    String shown =
        cloud
            .call(GetTemplateRequest.builder().stackName("demo").build(), GetTemplateResponse.class)
            .templateBody();
    assertTrue(shown.contains("{{resolve:secretsmanager:db:SecretString:password}}"), shown);
    assertFalse(shown.contains(VALUE));
    String live = cloud.cloudFormation.engine().stacks().get("demo").resource("A").toString();
    assertFalse(live.contains(VALUE), live);
  }

  @Test
  void aChangedSecretIsPickedUpOnlyWithAChangedReference() {
    cloud.create("demo", template("'{{resolve:secretsmanager:db:SecretString:password}}'"));
    cloud.secrets.put("db/null/null", "{\"password\": \"other\"}");
    assertEquals(
        "No updates are to be performed.",
        cloud.refusal(
            UpdateStackRequest.builder()
                .stackName("demo")
                .templateBody(template("'{{resolve:secretsmanager:db:SecretString:password}}'"))
                .build()));
    cloud.update("demo", template("'{{resolve:secretsmanager:db:SecretString:password::}}'"));
    assertEquals("{\"Free\":\"other\"}", free());
  }

  @Test
  void aChangeSetHasTheReferenceAlone() {
    cloud.create("demo", template("x"));
    cloud.call(
        CreateChangeSetRequest.builder()
            .stackName("demo")
            .changeSetName("change")
            .templateBody(template("'{{resolve:secretsmanager:db:SecretString:password}}'"))
            .build(),
        CreateChangeSetResponse.class);
    String shown =
        cloud
            .call(
                DescribeChangeSetRequest.builder()
                    .stackName("demo")
                    .changeSetName("change")
                    .includePropertyValues(true)
                    .build(),
                DescribeChangeSetResponse.class)
            .toString();
    assertFalse(shown.contains(VALUE), shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{resolve:secretsmanager:none}} | Secrets Manager can't find the specified secret. (Service: AWSSecretsManager; Status Code: 400; Error Code: ResourceNotFoundException)
          {{resolve:secretsmanager:db:SecretString:user}} | Could not find a value associated with JSONKey in SecretString
          {{resolve:secretsmanager:db:SecretString:x:AWSPREVIOUS}} | Could not parse SecretString JSON
          {{resolve:ssm:none:1}} | Parameters: [ssm:none:1] cannot be found.
          {{resolve:ssm:safe}} | Non-secure ssm prefix was used for secure parameter: safe
          """)
  void whatCannotBeHadFailsTheResource(String written, String reason) {
    cloud.create("demo", template("'" + written + "'"));
    assertTrue(
        cloud.events("demo").contains("A CREATE_FAILED: " + reason),
        () -> cloud.events("demo").toString());
    assertEquals(List.of(), cloud.fake.calls);
  }

  @Test
  void secureParametersStandOnlyWhereCloudFormationTakesThem() {
    assertEquals(
        "SSM Secure reference is not supported in: [Fake::Fake/Properties/Free]",
        cloud.refusal(
            CreateStackRequest.builder()
                .stackName("demo")
                .templateBody(template("!Sub '{{resolve:ssm-secure:safe}}'"))
                .build()));
  }

  @Test
  void aFailedUpdateGoesBackToTheValuesOfThen() {
    cloud.create("demo", template("'{{resolve:secretsmanager:db:SecretString:password}}'"));
    cloud.update(
        "demo",
        template("'{{resolve:ssm:user}}'")
            + "  B: {Type: Fake::Fake, DependsOn: A, Properties: {Free: '{{resolve:ssm:none}}'}}\n");
    assertEquals("UPDATE_ROLLBACK_COMPLETE", cloud.status("demo"));
    assertEquals("{\"Free\":\"" + VALUE + "\"}", free());
  }
}
