package io.pipelab.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The resources of the event labs, stood up by CloudFormation and used. */
@Timeout(300)
final class LabStacksIT {
  private static final String HANDLER =
      """
      import java.util.*;

      public class Show {
        public Object handle(Map<String, Object> event) {
          System.out.println("event " + event);
          return null;
        }
      }
      """;

  private static final String ROLE_AND_FUNCTION =
      """
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Statement:
                - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}
            Policies:
              - PolicyName: queue
                PolicyDocument:
                  Statement:
                    - Effect: Allow
                      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
                      Resource: !Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:pictures'
                    - Effect: Allow
                      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']
                      Resource: '*'
        Function:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: show
            Runtime: java17
            Handler: Show::handle
            Timeout: 10
            MemorySize: 256
            Role: !GetAtt Role.Arn
            Code: {S3Bucket: code, S3Key: show.zip}
      """;

  private static final String FAN_OUT =
      """
      Resources:
        Topic:
          Type: AWS::SNS::Topic
          Properties: {TopicName: resize}
        TopicPolicy:
          Type: AWS::SNS::TopicPolicy
          Properties:
            Topics: [!Ref Topic]
            PolicyDocument:
              Version: '2012-10-17'
              Statement:
                - Effect: Allow
                  Principal: {Service: s3.amazonaws.com}
                  Action: sns:Publish
                  Resource: !Ref Topic
                  Condition:
                    StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}
                    ArnLike: {'aws:SourceArn': 'arn:aws:s3:::pictures'}
        DeadLetters:
          Type: AWS::SQS::Queue
        Queue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: pictures
            VisibilityTimeout: 60
            RedrivePolicy: {deadLetterTargetArn: !GetAtt DeadLetters.Arn, maxReceiveCount: 3}
        QueuePolicy:
          Type: AWS::SQS::QueuePolicy
          Properties:
            Queues: [!Ref Queue]
            PolicyDocument:
              Version: '2012-10-17'
              Statement:
                - Effect: Allow
                  Principal: {Service: sns.amazonaws.com}
                  Action: sqs:SendMessage
                  Resource: !GetAtt Queue.Arn
                  Condition: {ArnEquals: {'aws:SourceArn': !Ref Topic}}
        Subscription:
          Type: AWS::SNS::Subscription
          Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn}
        Bucket:
          Type: AWS::S3::Bucket
          DependsOn: [TopicPolicy, QueuePolicy, Subscription]
          Properties:
            BucketName: pictures
            VersioningConfiguration: {Status: Enabled}
            NotificationConfiguration:
              TopicConfigurations:
                - Event: s3:ObjectCreated:*
                  Topic: !Ref Topic
                  Filter:
                    S3Key:
                      Rules:
                        - {Name: prefix, Value: ingest/}
                        - {Name: suffix, Value: .jpg}
            LifecycleConfiguration:
              Rules:
                - Id: cleanup
                  Status: Enabled
                  Prefix: ingest/
                  ExpirationInDays: 30
                  NoncurrentVersionExpiration: {NoncurrentDays: 1}
        BucketPolicy:
          Type: AWS::S3::BucketPolicy
          Properties:
            Bucket: !Ref Bucket
            PolicyDocument:
              Version: '2012-10-17'
              Statement:
                - Effect: Deny
                  Principal: '*'
                  Action: s3:DeleteBucket
                  Resource: !GetAtt Bucket.Arn
        Mapping:
          Type: AWS::Lambda::EventSourceMapping
          Properties:
            EventSourceArn: !GetAtt Queue.Arn
            FunctionName: !Ref Function
            BatchSize: 1
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig: {MaximumConcurrency: 2}
      """
          + ROLE_AND_FUNCTION;

  private static final String TABLE_AND_FUNCTION =
      """
      Resources:
        Table:
          Type: AWS::DynamoDB::Table
          Properties:
            TableName: job-offers
            BillingMode: PROVISIONED
            AttributeDefinitions:
              - {AttributeName: id, AttributeType: S}
              - {AttributeName: city, AttributeType: S}
            KeySchema:
              - {AttributeName: id, KeyType: HASH}
              - {AttributeName: city, KeyType: RANGE}
            ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}
        Permission:
          Type: AWS::Lambda::Permission
          Properties:
            FunctionName: !Ref Function
            Action: lambda:InvokeFunction
            Principal: s3.amazonaws.com
            SourceArn: !Sub 'arn:aws:s3:::offers-${AWS::AccountId}'
            SourceAccount: !Ref AWS::AccountId
        Bucket:
          Type: AWS::S3::Bucket
          DependsOn: Permission
          Properties:
            BucketName: !Sub 'offers-${AWS::AccountId}'
            NotificationConfiguration:
              LambdaConfigurations:
                - Event: s3:ObjectCreated:*
                  Function: !GetAtt Function.Arn
                  Filter:
                    S3Key: {Rules: [{Name: prefix, Value: job_offers/}, {Name: suffix, Value: .csv}]}
      """
          + ROLE_AND_FUNCTION;

  private final TestCloud cloud;

  LabStacksIT(@TempDir Path directory) throws IOException {
    this.cloud = new TestCloud(directory);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private Stack stack(String template) throws Exception {
    SdkBytes code = cloud.code("Show", HANDLER);
    cloud.s3.createBucket(r -> r.bucket("code"));
    cloud.s3.putObject(
        r -> r.bucket("code").key("show.zip"), RequestBody.fromBytes(code.asByteArray()));
    return cloud.stack("lab", template);
  }

  private void assertComplete(Stack stack) {
    assertEquals(StackStatus.CREATE_COMPLETE, stack.stackStatus(), () -> cloud.failures("lab"));
  }

  private void upload(String bucket, String key) {
    cloud.s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("x"));
  }

  @Test
  void aPictureFansOutOverTopicAndQueueToTheFunction() throws Exception {
    assertComplete(stack(FAN_OUT));
    TestCloud.await("test event", () -> !cloud.logged("show", "s3:TestEvent").isEmpty());
    upload("pictures", "ingest/a.png");
    upload("pictures", "a.jpg");
    upload("pictures", "ingest/red flower.jpg");
    TestCloud.await("picture", () -> !cloud.logged("show", "ingest/red+flower.jpg").isEmpty());
    assertEquals(2, cloud.logged("show", "event ").size());
    EventSourceMappingConfiguration mapping =
        cloud.lambda.listEventSourceMappings().eventSourceMappings().get(0);
    assertEquals("Enabled", mapping.state());
    assertEquals(2, mapping.scalingConfig().maximumConcurrency());
    LifecycleRule rule =
        cloud.s3.getBucketLifecycleConfiguration(r -> r.bucket("pictures")).rules().get(0);
    assertEquals(30, rule.expiration().days());
    assertEquals(1, rule.noncurrentVersionExpiration().noncurrentDays());
    assertEquals(
        "Enabled", cloud.s3.getBucketVersioning(r -> r.bucket("pictures")).statusAsString());
    assertTrue(
        cloud.s3.getBucketPolicy(r -> r.bucket("pictures")).policy().contains("s3:DeleteBucket"));
    updatesOfOtherPropertiesSendNoTestEvent();
    emptyBucket("pictures");
    assertEquals(StackStatus.DELETE_COMPLETE, cloud.delete("lab").stackStatus());
    assertEquals(List.of(), cloud.lambda.listEventSourceMappings().eventSourceMappings());
    assertEquals(List.of(), cloud.sqs.listQueues().queueUrls());
  }

  private void updatesOfOtherPropertiesSendNoTestEvent() {
    Stack updated =
        cloud.update(
            "lab",
            FAN_OUT
                .replace("ExpirationInDays: 30", "ExpirationInDays: 31")
                .replace("BatchSize: 1", "BatchSize: 5"));
    assertEquals(StackStatus.UPDATE_COMPLETE, updated.stackStatus(), () -> cloud.failures("lab"));
    upload("pictures", "ingest/second.jpg");
    TestCloud.await("picture", () -> !cloud.logged("show", "ingest/second.jpg").isEmpty());
    assertEquals(1, cloud.logged("show", "s3:TestEvent").size());
    assertEquals(
        5, cloud.lambda.listEventSourceMappings().eventSourceMappings().get(0).batchSize());
  }

  private void emptyBucket(String bucket) {
    cloud.s3.listObjectVersions(r -> r.bucket(bucket)).versions().stream()
        .forEach(
            version ->
                cloud.s3.deleteObject(
                    r -> r.bucket(bucket).key(version.key()).versionId(version.versionId())));
  }

  @Test
  void aFileInvokesTheFunctionThatLetsTheBucketIn() throws Exception {
    assertComplete(stack(TABLE_AND_FUNCTION));
    upload("offers-000000000000", "job_offers/a.txt");
    upload("offers-000000000000", "job_offers/a.csv");
    TestCloud.await("file", () -> !cloud.logged("show", "job_offers/a.csv").isEmpty());
    assertEquals(1, cloud.logged("show", "event ").size());
    TableDescription table = cloud.dynamoDb.describeTable(r -> r.tableName("job-offers")).table();
    assertEquals(5, table.provisionedThroughput().readCapacityUnits());
    assertEquals(2, table.keySchema().size());
    emptyBucket("offers-000000000000");
    assertEquals(StackStatus.DELETE_COMPLETE, cloud.delete("lab").stackStatus());
  }

  @Test
  void aBucketWithoutPermissionFailsTheStack() throws Exception {
    String template =
        TABLE_AND_FUNCTION.replace("SourceAccount: !Ref AWS::AccountId", "SourceAccount: '1'");
    assertEquals(
        StackStatus.ROLLBACK_COMPLETE,
        stack(template.replace("'1'", "'111111111111'")).stackStatus());
    String failures = cloud.failures("lab");
    assertTrue(
        failures.contains("Unable to validate the following destination configurations"), failures);
  }

  @Test
  void aTopicThatShutsTheBucketOutFailsTheStack() throws Exception {
    String template = FAN_OUT.replace("'arn:aws:s3:::pictures'", "'arn:aws:s3:::others'");
    assertEquals(StackStatus.ROLLBACK_COMPLETE, stack(template).stackStatus());
    String failures = cloud.failures("lab");
    assertTrue(
        failures.contains("Unable to validate the following destination configurations"), failures);
    assertThrows(S3Exception.class, () -> cloud.s3.headBucket(r -> r.bucket("pictures")));
  }

  @Test
  void aMappingWithTooShortAVisibilityTimeoutFailsTheStack() throws Exception {
    String template = FAN_OUT.replace("VisibilityTimeout: 60", "VisibilityTimeout: 9");
    assertEquals(StackStatus.ROLLBACK_COMPLETE, stack(template).stackStatus());
    assertTrue(
        cloud
            .failures("lab")
            .contains("Queue visibility timeout: 9 seconds is less than Function timeout: 10"),
        cloud.failures("lab"));
    assertEquals(
        0,
        cloud.sqs.listQueues().queueUrls().stream()
            .mapToInt(url -> cloud.depth(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .sum());
  }
}
