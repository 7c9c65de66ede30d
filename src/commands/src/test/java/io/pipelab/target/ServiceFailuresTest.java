package io.pipelab.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class ServiceFailuresTest {
  @Test
  void aServersFaultMayPass() {
    assertTrue(ServiceFailures.mayPass(answer(500, "InternalFailure")));
    assertTrue(ServiceFailures.mayPass(answer(503, "ServiceUnavailable")));
    assertTrue(ServiceFailures.mayPass(answer(400, "ThrottlingException")));
  }

  @Test
  void aRefusalStays() {
    assertFalse(ServiceFailures.mayPass(answer(499, "ValidationError")));
    assertFalse(ServiceFailures.mayPass(answer(501, "NotImplemented")));
    assertFalse(ServiceFailures.mayPass(AwsServiceException.builder().statusCode(500).build()));
  }

  @Test
  void aLostAnswerMayPassUnlessWeKnowWhy() {
    assertTrue(
        ServiceFailures.mayPass(
            SdkClientException.create("late", new SocketTimeoutException("late"))));
    assertFalse(ServiceFailures.mayPass(SdkClientException.create("odd", new IOException("odd"))));
    Failure ended = Failure.usage("it has ended", null);
    assertFalse(ServiceFailures.mayPass(SdkClientException.create("ended", ended)));
  }

  @Test
  void missingCredentialsAreSaidWithoutTheSdksChain() {
    Failure failure =
        ServiceFailures.explain(
            SdkClientException.create(
                "Unable to load credentials from any of the providers in the chain"
                    + " AwsCredentialsProviderChain(credentialsProviders=[SystemProperty...])"),
            "aws");
    assertEquals(Failure.Kind.CREDENTIALS, failure.kind());
    assertFalse(String.valueOf(failure.why()).contains("Provider"), failure.why());
    assertTrue(String.valueOf(failure.next()).contains("--profile"), failure.next());
  }

  private static AwsServiceException answer(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }
}
