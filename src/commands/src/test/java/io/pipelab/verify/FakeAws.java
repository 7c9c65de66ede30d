package io.pipelab.verify;

import io.pipelab.target.AwsClients;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
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

/** SDK clients that answer what a test says, by the request's class. */
public final class FakeAws implements AwsClients {
  private final Map<Class<?>, Function<SdkRequest, Object>> answers = new HashMap<>();
  private final List<SdkRequest> requests = new CopyOnWriteArrayList<>();
  private @Nullable Otherwise otherwise;

  /** Answers what no test said an answer for. */
  public interface Otherwise {
    /**
     * An answer.
     *
     * @param arguments the call's: the request first, then what takes the body
     * @param answer the class that the client's method returns
     */
    Object answer(Class<?> answer, @Nullable Object[] arguments);
  }

  /** Answers every request that has no answer of its own. */
  public FakeAws otherwise(Otherwise answer) {
    otherwise = answer;
    return this;
  }

  /** Answers a request; throw to refuse it. */
  public <R extends SdkRequest> FakeAws on(Class<R> request, Function<R, Object> answer) {
    answers.put(request, input -> answer.apply(request.cast(input)));
    return this;
  }

  /** Always the same answer. */
  public <R extends SdkRequest> FakeAws on(Class<R> request, Object answer) {
    return on(request, (R input) -> answer);
  }

  /** The requests of a class so far. */
  public <R extends SdkRequest> List<R> requests(Class<R> type) {
    List<R> found = new ArrayList<>();
    requests.stream().filter(type::isInstance).forEach(one -> found.add(type.cast(one)));
    return found;
  }

  private <C> C client(Class<C> type) {
    InvocationHandler handler =
        (Object proxy, Method method, @Nullable Object[] arguments) -> {
          if (arguments != null && arguments.length > 0) {
            Object first = arguments[0];
            if (first instanceof SdkRequest request && !method.getName().endsWith("Paginator")) {
              return answers.containsKey(request.getClass()) || otherwise == null
                  ? answer(request)
                  : otherwise.answer(method.getReturnType(), arguments);
            }
          }
          return InvocationHandler.invokeDefault(proxy, method, arguments);
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object answer(SdkRequest request) {
    requests.add(request);
    Function<SdkRequest, Object> answer = answers.get(request.getClass());
    if (answer == null) {
      throw new AssertionError("no answer for " + request);
    }
    return answer.apply(request);
  }

  @Override
  public ApiGatewayV2Client apiGateway() {
    return client(ApiGatewayV2Client.class);
  }

  @Override
  public CloudFormationClient cloudFormation() {
    return client(CloudFormationClient.class);
  }

  @Override
  public CloudWatchClient cloudWatch() {
    return client(CloudWatchClient.class);
  }

  @Override
  public CloudWatchLogsClient logs() {
    return client(CloudWatchLogsClient.class);
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return client(DynamoDbClient.class);
  }

  @Override
  public Ec2Client ec2() {
    return client(Ec2Client.class);
  }

  @Override
  public EcrClient ecr() {
    return client(EcrClient.class);
  }

  @Override
  public EcsClient ecs() {
    return client(EcsClient.class);
  }

  @Override
  public IamClient iam() {
    return client(IamClient.class);
  }

  @Override
  public LambdaClient lambda() {
    return client(LambdaClient.class);
  }

  @Override
  public LambdaClient lambdaInvocations() {
    return lambda();
  }

  @Override
  public RdsClient rds() {
    return client(RdsClient.class);
  }

  @Override
  public S3Client s3() {
    return client(S3Client.class);
  }

  @Override
  public SecretsManagerClient secretsManager() {
    return client(SecretsManagerClient.class);
  }

  @Override
  public SnsClient sns() {
    return client(SnsClient.class);
  }

  @Override
  public SqsClient sqs() {
    return client(SqsClient.class);
  }

  @Override
  public StsClient sts() {
    return client(StsClient.class);
  }

  @Override
  public void close() {}
}
