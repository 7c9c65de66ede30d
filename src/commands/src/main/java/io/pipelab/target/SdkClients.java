package io.pipelab.target;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
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
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The one place where SDK clients are built; each on first use, because each costs start-up. */
public final class SdkClients implements AwsClients {
  private final Supplier<Connection> connections;
  private final String version;
  private final Map<Class<?>, AutoCloseable> clients = new HashMap<>();
  private @Nullable ClientDefaults defaults;
  private @Nullable ClientDefaults invocationDefaults;
  private @Nullable LambdaClient invocations;

  /**
   * Clients for one connection.
   *
   * @param connections asked once, when the first client is needed
   * @param version pipelab's version, for the user agent
   */
  public SdkClients(Supplier<Connection> connections, String version) {
    this.connections = connections;
    this.version = version;
  }

  @Override
  public ApiGatewayV2Client apiGateway() {
    return client(ApiGatewayV2Client.class, "apigateway", ApiGatewayV2Client::builder);
  }

  @Override
  public CloudFormationClient cloudFormation() {
    return client(CloudFormationClient.class, "cloudformation", CloudFormationClient::builder);
  }

  @Override
  public CloudWatchClient cloudWatch() {
    return client(CloudWatchClient.class, "monitoring", CloudWatchClient::builder);
  }

  @Override
  public CloudWatchLogsClient logs() {
    return client(CloudWatchLogsClient.class, "logs", CloudWatchLogsClient::builder);
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return client(
        DynamoDbClient.class,
        "dynamodb",
        () -> DynamoDbClient.builder().endpointDiscoveryEnabled(false));
  }

  @Override
  public Ec2Client ec2() {
    return client(Ec2Client.class, "ec2", Ec2Client::builder);
  }

  @Override
  public EcrClient ecr() {
    return client(EcrClient.class, "api.ecr", EcrClient::builder);
  }

  @Override
  public EcsClient ecs() {
    return client(EcsClient.class, "ecs", EcsClient::builder);
  }

  @Override
  public IamClient iam() {
    return client(IamClient.class, "iam", IamClient::builder);
  }

  @Override
  public LambdaClient lambda() {
    return client(LambdaClient.class, "lambda", LambdaClient::builder);
  }

  @Override
  public synchronized LambdaClient lambdaInvocations() {
    if (invocations == null) {
      invocationDefaults = ClientDefaults.forInvocations(defaults());
      invocations = invocationDefaults.applyTo(LambdaClient.builder(), "lambda").build();
    }
    return invocations;
  }

  @Override
  public RdsClient rds() {
    return client(RdsClient.class, "rds", RdsClient::builder);
  }

  @Override
  public S3Client s3() {
    return client(S3Client.class, "s3", this::s3Builder);
  }

  @Override
  public SecretsManagerClient secretsManager() {
    return client(SecretsManagerClient.class, "secretsmanager", SecretsManagerClient::builder);
  }

  @Override
  public SnsClient sns() {
    return client(SnsClient.class, "sns", SnsClient::builder);
  }

  @Override
  public SqsClient sqs() {
    return client(SqsClient.class, "sqs", SqsClient::builder);
  }

  @Override
  public StsClient sts() {
    return client(StsClient.class, "sts", StsClient::builder);
  }

  @Override
  public synchronized void close() {
    List<AutoCloseable> open = new ArrayList<>(clients.values());
    clients.clear();
    for (AutoCloseable client : open) {
      try {
        client.close();
      } catch (Exception e) {
        throw new IllegalStateException("an SDK client did not close", e);
      }
    }
    if (invocations != null && invocationDefaults != null) {
      invocations.close();
      invocationDefaults.close();
      invocations = null;
    }
    if (defaults != null) {
      defaults.close();
      defaults = null;
    }
  }

  /** Emulators are addressed by path, and few understand the checksums that AWS accepts. */
  private S3ClientBuilder s3Builder() {
    S3ClientBuilder builder = S3Client.builder();
    return defaults().isAws()
        ? builder
        : builder
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AutoCloseable>
      C client(Class<C> type, String prefix, Supplier<B> builder) {
    synchronized (this) {
      return type.cast(
          clients.computeIfAbsent(
              type, ignored -> defaults().applyTo(builder.get(), prefix).build()));
    }
  }

  private synchronized ClientDefaults defaults() {
    if (defaults == null) {
      defaults = new ClientDefaults(connections.get(), version);
    }
    return defaults;
  }
}
