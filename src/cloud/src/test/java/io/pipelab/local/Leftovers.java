package io.pipelab.local;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Topic;

/** What stands in a cloud, by the services' own lists. */
final class Leftovers {
  private Leftovers() {}

  /** The names and ARNs of everything that is not there from the start, one a line. */
  static String in(TestCloud cloud) {
    List<String> all = new ArrayList<>();
    add(all, cloud.sqs.listQueues().queueUrls().stream());
    add(all, cloud.sns.listTopics().topics().stream().map(Topic::topicArn));
    add(
        all,
        cloud.sns.listSubscriptions().subscriptions().stream().map(Subscription::subscriptionArn));
    add(all, cloud.s3.listBuckets().buckets().stream().map(Bucket::name));
    add(all, cloud.dynamoDb.listTables().tableNames().stream());
    add(
        all,
        cloud.lambda.listFunctions().functions().stream().map(FunctionConfiguration::functionArn));
    add(
        all,
        cloud.lambda.listEventSourceMappings().eventSourceMappings().stream()
            .map(EventSourceMappingConfiguration::eventSourceMappingArn));
    add(all, cloud.iam.listRoles().roles().stream().map(Role::arn));
    add(
        all,
        cloud.iam.listPolicies(r -> r.scope(PolicyScopeType.LOCAL)).policies().stream()
            .map(Policy::arn));
    add(all, cloud.logs.describeLogGroups().logGroups().stream().map(LogGroup::logGroupName));
    try (ApiGatewayV2Client apis = cloud.client(ApiGatewayV2Client.builder());
        CloudWatchClient cloudWatch = cloud.client(CloudWatchClient.builder());
        EcrClient ecr = cloud.client(EcrClient.builder());
        EcsClient ecs = cloud.client(EcsClient.builder());
        RdsClient rds = cloud.client(RdsClient.builder());
        SecretsManagerClient secrets = cloud.client(SecretsManagerClient.builder());
        KinesisClient kinesis = cloud.client(KinesisClient.builder());
        EventBridgeClient events = cloud.client(EventBridgeClient.builder());
        Ec2Client ec2 = cloud.client(Ec2Client.builder())) {
      add(all, kinesis.listStreams().streamNames().stream());
      add(all, events.listRules(r -> {}).rules().stream().map(Rule::arn));
      add(all, rds.describeDBInstances().dbInstances().stream().map(DBInstance::dbInstanceArn));
      add(
          all,
          rds.describeDBSubnetGroups().dbSubnetGroups().stream()
              .map(DBSubnetGroup::dbSubnetGroupArn)
              // The account's own, of a database that named none.
              .filter(arn -> !arn.endsWith(":subgrp:default")));
      add(all, secrets.listSecrets().secretList().stream().map(SecretListEntry::arn));
      add(all, apis.getApis(r -> {}).items().stream().map(Api::name));
      add(all, cloudWatch.describeAlarms().metricAlarms().stream().map(MetricAlarm::alarmArn));
      add(all, ecr.describeRepositories().repositories().stream().map(Repository::repositoryName));
      add(
          all,
          ecs
              .describeClusters(r -> r.clusters(ecs.listClusters().clusterArns()))
              .clusters()
              .stream()
              .filter(each -> each.status().equals("ACTIVE"))
              .map(each -> each.clusterArn()));
      add(
          all,
          ec2.describeVpcs().vpcs().stream()
              .filter(each -> !Boolean.TRUE.equals(each.isDefault()))
              .map(Vpc::vpcId));
      add(all, gateways(ec2));
    }
    return String.join("\n", all);
  }

  /** Internet gateways but that of a default VPC. */
  private static Stream<String> gateways(Ec2Client ec2) {
    List<String> defaults =
        ec2.describeVpcs().vpcs().stream()
            .filter(each -> Boolean.TRUE.equals(each.isDefault()))
            .map(Vpc::vpcId)
            .toList();
    return ec2.describeInternetGateways().internetGateways().stream()
        .filter(
            gateway -> gateway.attachments().stream().noneMatch(a -> defaults.contains(a.vpcId())))
        .map(InternetGateway::internetGatewayId);
  }

  private static void add(List<String> all, Stream<String> some) {
    some.forEach(all::add);
  }
}
