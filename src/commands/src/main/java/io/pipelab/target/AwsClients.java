package io.pipelab.target;

import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK clients of one target, each built on first use and closed with this. */
public interface AwsClients extends AutoCloseable {
  ApiGatewayV2Client apiGateway();

  CloudFormationClient cloudFormation();

  CloudWatchClient cloudWatch();

  CloudWatchLogsClient logs();

  DynamoDbClient dynamoDb();

  Ec2Client ec2();

  EcrClient ecr();

  EcsClient ecs();

  IamClient iam();

  LambdaClient lambda();

  /** Waits for as long as a function may run, and never sends an event a second time. */
  LambdaClient lambdaInvocations();

  RdsClient rds();

  S3Client s3();

  SecretsManagerClient secretsManager();

  SnsClient sns();

  SqsClient sqs();

  StsClient sts();

  @Override
  void close();
}
