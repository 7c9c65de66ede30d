package io.pipelab.local.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipelab.local.cloudformation.CloudFormation;
import io.pipelab.local.declared.Declarations;
import io.pipelab.local.declared.IamQuestion;
import io.pipelab.local.dynamodb.DynamoDbService;
import io.pipelab.local.ec2.Ec2;
import io.pipelab.local.ecs.Ecs;
import io.pipelab.local.iam.Iam;
import io.pipelab.local.lambda.Lambda;
import io.pipelab.local.logs.Logs;
import io.pipelab.local.s3.S3Service;
import io.pipelab.local.sns.Sns;
import io.pipelab.local.sqs.SqsService;
import io.pipelab.local.sts.Sts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.UntagResourceRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/**
 * What IAM is asked for requests (AWS's Service Authorization Reference; "Granting a user
 * permissions to pass a role"; S3's "Required permissions for API operations").
 */
class IamQuestionsTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";
  private static final Map<String, String> NAMES =
      Map.of("Region", "us-east-1", "Account", "000000000000", "Caller", "arn:aws:iam::0:user/me");

  private static List<IamQuestion> questions(Class<?> service, SdkPojo request) {
    String shape = request.getClass().getSimpleName();
    return Declarations.beside(service)
        .orElseThrow()
        .of(shape.substring(0, shape.length() - "Request".length()))
        .orElseThrow()
        .iam()
        .orElseThrow()
        .questions(new PojoMembers(request), NAMES);
  }

  /** Each as {@code action resource}, the account's part of ARNs left out. */
  private static void asks(Class<?> service, SdkPojo request, String... expected) {
    List<String> asked =
        questions(service, request).stream()
            .map(each -> each.action() + " " + each.resource())
            .map(each -> each.replaceFirst("arn:aws:\\w*:[\\w-]*:(000000000000)?:", ""))
            .toList();
    assertEquals(List.of(expected), asked);
  }

  @Test
  void namesDifferFromTheActions() {
    asks(S3Service.class, ListBucketsRequest.builder().build(), "s3:ListAllMyBuckets *");
    asks(S3Service.class, ListObjectsV2Request.builder().bucket("b").build(), "s3:ListBucket b");
    asks(
        Lambda.class,
        InvokeRequest.builder().functionName("f").build(),
        "lambda:InvokeFunction function:f");
    asks(
        SqsService.class,
        SendMessageBatchRequest.builder().queueUrl("http://h/000000000000/q").build(),
        "sqs:SendMessage q");
    asks(Sts.class, GetCallerIdentityRequest.builder().build());
  }

  @Test
  void anArnStandsForTheWholeResource() {
    String arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    asks(
        Lambda.class,
        InvokeRequest.builder().functionName(arn).qualifier("live").build(),
        "lambda:InvokeFunction function:f:live");
    asks(
        Lambda.class,
        InvokeRequest.builder().functionName("000000000000:function:f").build(),
        "lambda:InvokeFunction function:f");
    String table = "arn:aws:dynamodb:us-east-1:000000000000:table/t";
    asks(
        DynamoDbService.class,
        QueryRequest.builder().tableName(table).indexName("i").build(),
        "dynamodb:Query table/t/index/i");
    asks(
        Logs.class,
        FilterLogEventsRequest.builder()
            .logGroupIdentifier("arn:aws:logs:us-east-1:000000000000:log-group:g:*")
            .build(),
        "logs:FilterLogEvents log-group:g:log-stream:");
    asks(
        CloudFormation.class,
        DescribeStacksRequest.builder()
            .stackName("arn:aws:cloudformation:us-east-1:000000000000:stack/s/1")
            .build(),
        "cloudformation:DescribeStacks stack/s/1");
  }

  @Test
  void whatTheRequestDoesNotNameIsEverything() {
    asks(
        CloudFormation.class,
        DescribeStacksRequest.builder().build(),
        "cloudformation:DescribeStacks *");
    asks(Ec2.class, CreateVpcRequest.builder().build(), "ec2:CreateVpc vpc/*");
    asks(
        Ecs.class,
        DescribeTasksRequest.builder().tasks("a", "b").build(),
        "ecs:DescribeTasks task/default/a",
        "ecs:DescribeTasks task/default/b");
  }

  @Test
  void aVersionIsAskedForByAnActionOfItsOwn() {
    GetObjectRequest plain = GetObjectRequest.builder().bucket("b").key("k/l").build();
    asks(S3Service.class, plain, "s3:GetObject b/k/l");
    asks(S3Service.class, plain.toBuilder().versionId("1").build(), "s3:GetObjectVersion b/k/l");
  }

  @Test
  void eachItemOfABatchIsAskedFor() {
    asks(
        S3Service.class,
        DeleteObjectsRequest.builder()
            .bucket("b")
            .delete(d -> d.objects(o -> o.key("x"), o -> o.key("y")))
            .build(),
        "s3:DeleteObject b/x",
        "s3:DeleteObject b/y");
    asks(
        DynamoDbService.class,
        BatchGetItemRequest.builder()
            .requestItems(Map.of("t", KeysAndAttributes.builder().build()))
            .build(),
        "dynamodb:BatchGetItem table/t");
    asks(
        DynamoDbService.class,
        TransactWriteItemsRequest.builder()
            .transactItems(
                i -> i.put(p -> p.tableName("t")),
                i -> i.put(p -> p.tableName("t")),
                i -> i.conditionCheck(c -> c.tableName("u")))
            .build(),
        "dynamodb:ConditionCheckItem table/u",
        "dynamodb:PutItem table/t");
  }

  @Test
  void partiQlIsReadForItsTable() {
    asks(
        DynamoDbService.class,
        ExecuteStatementRequest.builder()
            .statement("SELECT a FROM \"my-table\".\"i\" WHERE b = 1")
            .build(),
        "dynamodb:PartiQLSelect table/my-table");
    asks(
        DynamoDbService.class,
        ExecuteStatementRequest.builder().statement("insert into t value {'a': 1}").build(),
        "dynamodb:PartiQLInsert table/t");
    asks(
        DynamoDbService.class,
        ExecuteStatementRequest.builder().statement("what").build(),
        "dynamodb:PartiQLSelect table/*");
  }

  @Test
  void sourcesOfCopiesAreRead() {
    asks(
        S3Service.class,
        CopyObjectRequest.builder()
            .copySource("/from/a%20b+c?versionId=1")
            .destinationBucket("to")
            .destinationKey("k")
            .build(),
        "s3:GetObject from/a b+c",
        "s3:PutObject to/k");
  }

  @Test
  void aRoleThatIsHandedOnIsPassed() {
    CreateFunctionRequest create =
        CreateFunctionRequest.builder().functionName("f").role(ROLE).tags(Map.of("a", "b")).build();
    asks(
        Lambda.class,
        create,
        "lambda:CreateFunction function:f",
        "iam:PassRole role/r",
        "lambda:TagResource function:f");
    List<IamQuestion> asked = questions(Lambda.class, create);
    assertEquals(List.of("lambda.amazonaws.com"), asked.get(1).keys().get("iam:PassedToService"));
    assertTrue(asked.get(0).keys().get("iam:PassedToService") == null);
    assertEquals(List.of("b"), asked.get(0).keys().get("aws:RequestTag/a"));
    assertEquals(List.of("a"), asked.get(0).keys().get("aws:TagKeys"));
    asks(
        Ecs.class,
        RunTaskRequest.builder().taskDefinition("d").overrides(o -> o.taskRoleArn(ROLE)).build(),
        "ecs:RunTask task-definition/d:*",
        "iam:PassRole role/r");
    asks(
        CloudFormation.class,
        CreateStackRequest.builder().stackName("s").roleARN(ROLE).build(),
        "cloudformation:CreateStack stack/s/*",
        "iam:PassRole role/r");
  }

  @Test
  void conditionKeysComeFromMembers() {
    Map<String, List<String>> list =
        questions(
                S3Service.class,
                ListObjectsV2Request.builder().bucket("b").prefix("p/").maxKeys(5).build())
            .get(0)
            .keys();
    assertEquals(Map.of("s3:prefix", List.of("p/"), "s3:max-keys", List.of("5")), list);
    assertEquals(
        Map.of("iam:PolicyARN", List.of("arn:p")),
        questions(
                Iam.class,
                AttachRolePolicyRequest.builder().roleName("r").policyArn("arn:p").build())
            .get(0)
            .keys());
    assertEquals(
        Map.of("aws:TagKeys", List.of("a", "b")),
        questions(
                Lambda.class,
                UntagResourceRequest.builder().resource(ROLE).tagKeys("a", "b").build())
            .get(0)
            .keys());
    IamQuestion vpc =
        questions(
                Ec2.class,
                CreateVpcRequest.builder()
                    .tagSpecifications(s -> s.tags(t -> t.key("k").value("v")))
                    .build())
            .get(1);
    assertEquals("ec2:CreateTags", vpc.action());
    assertEquals(List.of("CreateVpc"), vpc.keys().get("ec2:CreateAction"));
    assertEquals(List.of("v"), vpc.keys().get("aws:RequestTag/k"));
  }

  @Test
  void resourcesThatTheRequestImplies() {
    asks(
        Sns.class,
        UnsubscribeRequest.builder()
            .subscriptionArn("arn:aws:sns:us-east-1:000000000000:topic:uuid")
            .build(),
        "sns:Unsubscribe topic");
    asks(
        Iam.class,
        CreateRoleRequest.builder().path("/p/").roleName("r").build(),
        "iam:CreateRole role/p/r");
    asks(Iam.class, GetUserRequest.builder().build(), "iam:GetUser arn:aws:iam::0:user/me");
    asks(
        Ec2.class,
        CreateTagsRequest.builder().resources("igw-1", "vpc-2").build(),
        "ec2:CreateTags internet-gateway/igw-1",
        "ec2:CreateTags vpc/vpc-2");
    asks(
        Logs.class,
        PutLogEventsRequest.builder().logGroupName("g").logStreamName("s").build(),
        "logs:PutLogEvents log-group:g:log-stream:s");
    asks(
        Logs.class,
        DescribeLogStreamsRequest.builder().logGroupName("g").build(),
        "logs:DescribeLogStreams log-group:g:log-stream:");
    asks(
        DynamoDbService.class,
        PutItemRequest.builder().tableName("t").build(),
        "dynamodb:PutItem table/t");
    asks(
        SqsService.class, CreateQueueRequest.builder().queueName("q").build(), "sqs:CreateQueue q");
  }
}
