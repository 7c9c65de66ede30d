package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.local.kernel.AwsError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How each family of services names what is wrong with a signature. From "Common errors" of IAM,
 * SQS, Lambda and RDS, the error pages of S3 and EC2, and answers of AWS that users of its SDKs
 * reported (aws-sdk-php 612 and 642, aws-sdk-js 254 and 265, aws-sdk-java 1443, guregu/dynamo 68,
 * cq-provider-aws 1171, boto 148).
 */
class AuthErrorsTest {
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "InvalidClientTokenId, sns, InvalidClientTokenId 403",
    "InvalidClientTokenId, sqs, InvalidClientTokenId 403",
    "InvalidClientTokenId, dynamodb, UnrecognizedClientException 400",
    "InvalidClientTokenId, lambda, UnrecognizedClientException 403",
    "InvalidClientTokenId, s3, InvalidAccessKeyId 403",
    "InvalidClientTokenId, ec2, AuthFailure 401",
    "ExpiredToken, sns, ExpiredToken 403",
    "ExpiredToken, dynamodb, ExpiredTokenException 400",
    "ExpiredToken, lambda, ExpiredTokenException 403",
    "ExpiredToken, s3, ExpiredToken 400",
    "ExpiredToken, ec2, RequestExpired 400",
    "RequestTimeTooSkewed, sns, SignatureDoesNotMatch 403",
    "RequestTimeTooSkewed, sqs, SignatureDoesNotMatch 403",
    "RequestTimeTooSkewed, dynamodb, InvalidSignatureException 400",
    "RequestTimeTooSkewed, lambda, InvalidSignatureException 403",
    "RequestTimeTooSkewed, s3, RequestTimeTooSkewed 403",
    "RequestTimeTooSkewed, ec2, RequestExpired 400",
    "RequestExpired, sns, SignatureDoesNotMatch 403",
    "RequestExpired, dynamodb, InvalidSignatureException 400",
    "RequestExpired, lambda, InvalidSignatureException 403",
    "RequestExpired, s3, AccessDenied 403",
    "RequestExpired, ec2, RequestExpired 400",
  })
  void areNamedAsTheServiceDoes(String code, String service, String expected) {
    AwsError named =
        AuthErrors.named(AwsError.accessDenied(code, "why"), protocol(service), service);
    assertEquals(expected, named.code() + " " + named.status());
  }

  @ParameterizedTest
  @CsvSource({
    "RequestExpired, s3, Request has expired",
    "ExpiredToken, ec2, Request has expired.",
    "RequestTimeTooSkewed, sqs, why",
  })
  void sayItInTheServicesWords(String code, String service, String message) {
    AwsError named =
        AuthErrors.named(AwsError.accessDenied(code, "why"), protocol(service), service);
    assertEquals(message, named.getMessage());
  }

  private static Protocol protocol(String service) {
    return switch (service) {
      case "s3" -> new RestXmlProtocol();
      case "ec2" -> new Ec2Protocol();
      case "lambda" -> new RestJsonProtocol();
      case "sns" -> new QueryProtocol();
      default -> new JsonProtocol();
    };
  }
}
