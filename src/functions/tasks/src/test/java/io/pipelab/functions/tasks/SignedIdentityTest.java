package io.pipelab.functions.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class SignedIdentityTest {
  private static boolean asked(String event) throws Exception {
    return SignedIdentity.isAskedBy(new ObjectMapper().readTree(event));
  }

  @Test
  void onlyWhoMayInvokeTheFunctionCanAsk() throws Exception {
    assertTrue(asked("{\"identify\":true}"));
    assertFalse(asked("{}"));
    assertFalse(asked("{\"identify\":true,\"requestContext\":{\"http\":{}}}"));
    assertFalse(asked("{\"identify\":true,\"Records\":[]}"));
  }

  @Test
  void theRequestIsSignedWithoutTheSecretKeyInIt() {
    SignedIdentity identity =
        new SignedIdentity(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("AKIDEXAMPLE", "the-secret-key", "the-token")),
            "eu-west-1",
            SignedIdentity.endpoint(null, "eu-west-1"));

    JsonNode answer = identity.answer();

    assertEquals("https://sts.eu-west-1.amazonaws.com/", answer.path("url").asText());
    assertEquals("Action=GetCallerIdentity&Version=2011-06-15", answer.path("body").asText());
    String signature = answer.at("/headers/Authorization").asText();
    assertTrue(signature.startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), signature);
    assertTrue(signature.contains("/eu-west-1/sts/aws4_request"), signature);
    assertEquals("the-token", answer.at("/headers/X-Amz-Security-Token").asText());
    assertFalse(answer.toString().contains("the-secret-key"));
  }

  @Test
  void theEndpointIsTheTargets() {
    assertEquals(
        URI.create("http://127.0.0.1:4566"),
        SignedIdentity.endpoint("http://127.0.0.1:4566", "us-east-1"));
    assertEquals(
        URI.create("https://sts.cn-north-1.amazonaws.com.cn"),
        SignedIdentity.endpoint(null, "cn-north-1"));
  }
}
