package io.pipelab.local.secretsmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.CloudInProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Secrets Manager with AWS's own client. */
final class SecretsIT {
  @TempDir private static Path folder;
  private static CloudInProcess cloud;
  private static SecretsManagerClient client;

  @BeforeAll
  static void start() throws Exception {
    cloud = CloudInProcess.start(folder);
    client =
        SecretsManagerClient.builder()
            .endpointOverride(cloud.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
            .build();
  }

  @AfterAll
  static void close() {
    client.close();
    cloud.close();
  }

  private static String message(Class<? extends SecretsManagerException> type, Executable call) {
    return assertThrows(type, call).awsErrorDetails().errorMessage();
  }

  private static GetSecretValueResponse value(String id) {
    return client.getSecretValue(r -> r.secretId(id));
  }

  @Test
  void aSecretIsReadByNameAndByItsArns() {
    CreateSecretResponse made =
        client.createSecret(
            r ->
                r.name("app/db")
                    .description("of the lab")
                    .secretString("v1")
                    .tags(Tag.builder().key("lab").value("task-manager").build()));
    assertTrue(made.arn().matches("arn:aws:secretsmanager:us-east-1:0{12}:secret:app/db-\\w{6}"));
    String partial = made.arn().substring(0, made.arn().length() - 7);
    for (String id : List.of("app/db", made.arn(), partial)) {
      assertEquals("v1", value(id).secretString(), id);
    }
    assertEquals(List.of("AWSCURRENT"), value("app/db").versionStages());
    assertEquals(
        "The operation failed because the secret app/db already exists.",
        message(ResourceExistsException.class, () -> client.createSecret(r -> r.name("app/db"))));
    assertEquals(
        "Secrets Manager can't find the specified secret.",
        message(ResourceNotFoundException.class, () -> value("app/d")));
    List<SecretListEntry> listed =
        client
            .listSecrets(r -> r.filters(f -> f.key(FilterNameStringType.NAME).values("app/")))
            .secretList();
    assertEquals(List.of("app/db"), listed.stream().map(SecretListEntry::name).toList());
    assertEquals("of the lab", client.describeSecret(r -> r.secretId("app/db")).description());
  }

  @Test
  void labelsMoveAsVersionsCome() {
    client.createSecret(r -> r.name("rotated").secretString("one"));
    String first = value("rotated").versionId();
    String second =
        client.putSecretValue(r -> r.secretId("rotated").secretString("two")).versionId();
    assertEquals("two", value("rotated").secretString());
    assertEquals(
        "one",
        client
            .getSecretValue(r -> r.secretId("rotated").versionStage("AWSPREVIOUS"))
            .secretString());
    String pending =
        client
            .putSecretValue(
                r -> r.secretId("rotated").secretString("three").versionStages("AWSPENDING"))
            .versionId();
    assertEquals("two", value("rotated").secretString());
    assertEquals(
        Map.of(
            first, List.of("AWSPREVIOUS"),
            second, List.of("AWSCURRENT"),
            pending, List.of("AWSPENDING")),
        client.describeSecret(r -> r.secretId("rotated")).versionIdsToStages());
    client.updateSecretVersionStage(
        r ->
            r.secretId("rotated")
                .versionStage("AWSCURRENT")
                .moveToVersionId(pending)
                .removeFromVersionId(second));
    assertEquals("three", value("rotated").secretString());
    assertEquals(
        Map.of(second, List.of("AWSPREVIOUS"), pending, List.of("AWSCURRENT", "AWSPENDING")),
        client.describeSecret(r -> r.secretId("rotated")).versionIdsToStages());
    assertEquals(
        "You provided a VersionStage that is not associated to the provided VersionId.",
        message(
            InvalidRequestException.class,
            () ->
                client.getSecretValue(
                    r -> r.secretId("rotated").versionId(pending).versionStage("AWSPREVIOUS"))));
    assertEquals(
        "Secrets Manager can't find the specified secret value for staging label: NONE",
        message(
            ResourceNotFoundException.class,
            () -> client.getSecretValue(r -> r.secretId("rotated").versionStage("NONE"))));
  }

  @Test
  void aTokenMakesAVersionOnce() {
    String token = "0123456789-0123456789-0123456789";
    client.createSecret(r -> r.name("once").clientRequestToken(token).secretString("v"));
    client.putSecretValue(r -> r.secretId("once").clientRequestToken(token).secretString("v"));
    assertEquals(token, value("once").versionId());
    assertThrows(
        ResourceExistsException.class,
        () ->
            client.putSecretValue(
                r -> r.secretId("once").clientRequestToken(token).secretString("other")));
  }

  @Test
  void aDeletedSecretComesBackWithinItsWindow() {
    client.createSecret(r -> r.name("gone").secretString("v"));
    Instant at =
        client.deleteSecret(r -> r.secretId("gone").recoveryWindowInDays(7L)).deletionDate();
    // The cloud's time runs ahead of the wall's.
    assertTrue(at.isAfter(Instant.now().plus(Duration.ofDays(6))), at.toString());
    assertEquals(
        "You can't perform this operation on the secret because it was marked for deletion.",
        message(InvalidRequestException.class, () -> value("gone")));
    assertEquals(
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion.",
        message(
            InvalidRequestException.class,
            () -> client.createSecret(r -> r.name("gone").secretString("v"))));
    client.restoreSecret(r -> r.secretId("gone"));
    assertEquals("v", value("gone").secretString());
    client.deleteSecret(r -> r.secretId("gone").forceDeleteWithoutRecovery(true));
    assertThrows(
        ResourceNotFoundException.class, () -> client.describeSecret(r -> r.secretId("gone")));
    assertEquals(
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        message(
            InvalidParameterException.class,
            () ->
                client.deleteSecret(
                    r ->
                        r.secretId("x")
                            .recoveryWindowInDays(7L)
                            .forceDeleteWithoutRecovery(true))));
  }

  @Test
  void passwordsAreMadeByTheRules() {
    String usual = client.getRandomPassword(r -> {}).randomPassword();
    assertEquals(32, usual.length());
    assertNotEquals(usual, client.getRandomPassword(r -> {}).randomPassword());
    String each = client.getRandomPassword(r -> r.passwordLength(4L)).randomPassword();
    assertTrue(each.matches("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^a-zA-Z0-9]).{4}"), each);
    String digits =
        client
            .getRandomPassword(
                r ->
                    r.passwordLength(200L)
                        .excludeLowercase(true)
                        .excludeUppercase(true)
                        .excludePunctuation(true)
                        .excludeCharacters("0"))
            .randomPassword();
    assertTrue(digits.matches("[1-9]{200}"), digits);
    assertThrows(
        InvalidParameterException.class, () -> client.getRandomPassword(r -> r.passwordLength(3L)));
  }
}
