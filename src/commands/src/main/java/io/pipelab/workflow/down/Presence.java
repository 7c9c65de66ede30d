package io.pipelab.workflow.down;

import io.pipelab.target.AwsClients;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiPredicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether a resource of a type is there: one row a type. */
public final class Presence {
  private static final Map<String, BiPredicate<AwsClients, String>> TYPES =
      Map.ofEntries(
          Map.entry("AWS::CloudWatch::Alarm", Presence::alarm),
          Map.entry("AWS::DynamoDB::Table", Presence::table),
          Map.entry("AWS::EC2::InternetGateway", Presence::internetGateway),
          Map.entry("AWS::EC2::SecurityGroup", Presence::securityGroup),
          Map.entry("AWS::EC2::Subnet", Presence::subnet),
          Map.entry("AWS::EC2::VPC", Presence::vpc),
          Map.entry("AWS::EC2::VPCEndpoint", Presence::vpcEndpoint),
          Map.entry("AWS::ECR::Repository", Presence::repository),
          Map.entry("AWS::ECS::Cluster", Presence::cluster),
          Map.entry("AWS::ECS::TaskDefinition", Presence::taskDefinition),
          Map.entry("AWS::IAM::Role", Presence::role),
          Map.entry("AWS::Lambda::Function", Presence::function),
          Map.entry("AWS::Logs::LogGroup", Presence::logGroup),
          Map.entry("AWS::RDS::DBInstance", Presence::database),
          Map.entry("AWS::RDS::DBSubnetGroup", Presence::databaseSubnets),
          Map.entry("AWS::S3::Bucket", Presence::bucket),
          Map.entry("AWS::SecretsManager::Secret", Presence::secret),
          Map.entry("AWS::SNS::Topic", Presence::topic),
          Map.entry("AWS::SQS::Queue", Presence::queue));

  private final AwsClients clients;

  public Presence(AwsClients clients) {
    this.clients = clients;
  }

  /** Whether there is a row for the type; what has none goes with what it belongs to. */
  public static boolean knows(String type) {
    return TYPES.containsKey(type);
  }

  /** Whether the thing is there. */
  public boolean isThere(Leftover thing) {
    BiPredicate<AwsClients, String> look = TYPES.get(thing.type());
    if (look == null) {
      throw new IllegalArgumentException("no way to look for " + thing.type());
    }
    try {
      return look.test(clients, thing.id());
    } catch (AwsServiceException e) {
      if (isNotFound(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Every service has its own way to say that something does not exist. */
  private static boolean isNotFound(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return e.statusCode() == 404
        || code.contains("NotFound")
        || code.contains("NoSuch")
        || code.contains("NonExistent")
        || code.contains("DoesNotExist");
  }

  private static boolean any(Collection<?> found) {
    return !found.isEmpty();
  }

  private static boolean alarm(AwsClients clients, String name) {
    return any(clients.cloudWatch().describeAlarms(r -> r.alarmNames(name)).metricAlarms());
  }

  private static boolean table(AwsClients clients, String name) {
    return clients.dynamoDb().describeTable(r -> r.tableName(name)).table() != null;
  }

  private static boolean internetGateway(AwsClients clients, String id) {
    return any(
        clients
            .ec2()
            .describeInternetGateways(r -> r.filters(filter("internet-gateway-id", id)))
            .internetGateways());
  }

  private static boolean securityGroup(AwsClients clients, String id) {
    return any(
        clients
            .ec2()
            .describeSecurityGroups(r -> r.filters(filter("group-id", id)))
            .securityGroups());
  }

  private static boolean subnet(AwsClients clients, String id) {
    return any(clients.ec2().describeSubnets(r -> r.filters(filter("subnet-id", id))).subnets());
  }

  private static boolean vpc(AwsClients clients, String id) {
    return any(clients.ec2().describeVpcs(r -> r.filters(filter("vpc-id", id))).vpcs());
  }

  private static boolean vpcEndpoint(AwsClients clients, String id) {
    return clients
        .ec2()
        .describeVpcEndpoints(r -> r.filters(filter("vpc-endpoint-id", id)))
        .vpcEndpoints()
        .stream()
        .anyMatch(endpoint -> !endpoint.stateAsString().equalsIgnoreCase("deleted"));
  }

  private static boolean database(AwsClients clients, String id) {
    return any(clients.rds().describeDBInstances(r -> r.dbInstanceIdentifier(id)).dbInstances());
  }

  private static boolean databaseSubnets(AwsClients clients, String name) {
    return any(
        clients.rds().describeDBSubnetGroups(r -> r.dbSubnetGroupName(name)).dbSubnetGroups());
  }

  /**
   * One that is to be deleted at a date is none: nobody reads it any more, and it costs nothing.
   */
  private static boolean secret(AwsClients clients, String id) {
    return clients.secretsManager().describeSecret(r -> r.secretId(id)).deletedDate() == null;
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static boolean repository(AwsClients clients, String name) {
    return any(clients.ecr().describeRepositories(r -> r.repositoryNames(name)).repositories());
  }

  private static boolean cluster(AwsClients clients, String name) {
    return clients.ecs().describeClusters(r -> r.clusters(name)).clusters().stream()
        .anyMatch(cluster -> !"INACTIVE".equals(cluster.status()));
  }

  private static boolean taskDefinition(AwsClients clients, String arn) {
    return "ACTIVE"
        .equals(
            clients
                .ecs()
                .describeTaskDefinition(r -> r.taskDefinition(arn))
                .taskDefinition()
                .statusAsString());
  }

  private static boolean role(AwsClients clients, String name) {
    return clients.iam().getRole(r -> r.roleName(name)).role() != null;
  }

  private static boolean function(AwsClients clients, String name) {
    return clients.lambda().getFunctionConfiguration(r -> r.functionName(name)).functionName()
        != null;
  }

  private static boolean logGroup(AwsClients clients, String name) {
    return clients
        .logs()
        .describeLogGroupsPaginator(r -> r.logGroupNamePrefix(name))
        .logGroups()
        .stream()
        .map(LogGroup::logGroupName)
        .anyMatch(name::equals);
  }

  private static boolean bucket(AwsClients clients, String name) {
    return clients.s3().headBucket(r -> r.bucket(name)) != null;
  }

  private static boolean topic(AwsClients clients, String arn) {
    return clients.sns().getTopicAttributes(r -> r.topicArn(arn)).hasAttributes();
  }

  private static boolean queue(AwsClients clients, String url) {
    return clients
        .sqs()
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
        .hasAttributes();
  }
}
