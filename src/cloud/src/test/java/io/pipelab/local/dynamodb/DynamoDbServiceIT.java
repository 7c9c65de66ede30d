package io.pipelab.local.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

class DynamoDbServiceIT {
  private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/";

  private static DynamoDbService service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    service =
        new DynamoDbService(
            new CloudIdentity("000000000000", "eu-west-1", URI.create("http://127.0.0.1:4566")),
            folder);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @SuppressWarnings("unchecked") // the table pairs each request with its own response
  private static <I extends SdkPojo, O extends SdkPojo> O call(I request, Class<O> response) {
    Action<I, O> action = (Action<I, O>) service.actions().byRequest().get(request.getClass());
    Caller operator = new Caller.Operator("arn:aws:iam::000000000000:root", "test");
    return response.cast(Objects.requireNonNull(action).handle(request, operator));
  }

  private static CreateTableRequest.Builder table(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode("PAY_PER_REQUEST")
        .keySchema(k -> k.attributeName("queueMessage").keyType("HASH"))
        .attributeDefinitions(a -> a.attributeName("queueMessage").attributeType("S"));
  }

  private static TableDescription describe(String name) {
    return call(DescribeTableRequest.builder().tableName(name).build(), DescribeTableResponse.class)
        .table();
  }

  private static PutItemRequest item(String table, String key) {
    return PutItemRequest.builder()
        .tableName(table)
        .item(Map.of("queueMessage", AttributeValue.fromS(key)))
        .conditionExpression("attribute_not_exists(queueMessage)")
        .build();
  }

  @Test
  void aTableIsActiveAtOnceAndCountsItsItemsLive() {
    call(table("active").tableClass("STANDARD").build(), CreateTableResponse.class);
    call(item("active", "123456789"), PutItemResponse.class);

    TableDescription table = describe("active");
    assertEquals(TableStatus.ACTIVE, table.tableStatus());
    assertEquals(1, table.itemCount());
    assertEquals(ARN + "active", table.tableArn());
    assertEquals("STANDARD", table.tableClassSummary().tableClassAsString());
    assertNotNull(table.tableId());
    Duration age = Duration.between(table.creationDateTime(), Instant.now());
    assertTrue(age.abs().toMinutes() < 10, "created " + table.creationDateTime());
    assertNull(table.provisionedThroughput().lastIncreaseDateTime());
    assertEquals(ARN + "active", describe(ARN + "active").tableArn(), "an ARN is a name too");
  }

  @Test
  void itemsAreReadBack() {
    call(table("items").build(), CreateTableResponse.class);
    call(item("items", "1"), PutItemResponse.class);

    Map<String, AttributeValue> read =
        call(
                GetItemRequest.builder()
                    .tableName("items")
                    .key(Map.of("queueMessage", AttributeValue.fromS("1")))
                    .build(),
                GetItemResponse.class)
            .item();

    assertEquals(Map.of("queueMessage", AttributeValue.fromS("1")), read);
    assertThrows(
        ConditionalCheckFailedException.class,
        () -> call(item("items", "1"), PutItemResponse.class));
  }

  @Test
  void errorsSpeakDynamoDbsWords() {
    call(table("twice").build(), CreateTableResponse.class);

    AwsError twice =
        assertThrows(AwsError.class, () -> call(table("twice").build(), CreateTableResponse.class));
    assertEquals("ResourceInUseException", twice.code());
    assertEquals("Table already exists: twice", twice.getMessage());
    AwsError missing = assertThrows(AwsError.class, () -> describe("missing"));
    assertEquals("ResourceNotFoundException", missing.code());
    assertEquals("Requested resource not found: Table: missing not found", missing.getMessage());
    AwsError noTable =
        assertThrows(AwsError.class, () -> call(item("missing", "1"), PutItemResponse.class));
    assertEquals("Requested resource not found", noTable.getMessage());
  }

  @Test
  void tagsAndSettingsThatTheEngineLacksAreKept() {
    call(
        table("kept")
            .tags(Tag.builder().key("k").value("v").build())
            .sseSpecification(s -> s.enabled(true))
            .build(),
        CreateTableResponse.class);

    assertEquals(
        List.of(Tag.builder().key("k").value("v").build()),
        call(
                ListTagsOfResourceRequest.builder().resourceArn(ARN + "kept").build(),
                ListTagsOfResourceResponse.class)
            .tags());
    assertEquals("ENABLED", describe("kept").sseDescription().statusAsString());
    assertEquals("DISABLED", pointInTimeRecovery("kept"));
  }

  @Test
  void aDeletedTableIsGone() {
    call(table("gone").build(), CreateTableResponse.class);

    assertEquals(
        TableStatus.DELETING,
        call(DeleteTableRequest.builder().tableName("gone").build(), DeleteTableResponse.class)
            .tableDescription()
            .tableStatus());
    assertThrows(AwsError.class, () -> describe("gone"));
    call(table("gone").build(), CreateTableResponse.class);
    assertEquals(0, describe("gone").itemCount());
  }

  @Test
  void aTemplatesTableIsCreatedUpdatedAndDeleted() throws Exception {
    ResourceType type = service.resourceTypes().get(0);
    String keys =
        """
        "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
        """;
    ResourceRequest before =
        request(
            "{"
                + keys
                + """
                "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"}],
                "SSESpecification": {"SSEEnabled": "true"},
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true},
                "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true},
                "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
                "Tags": [{"Key": "k", "Value": "v"}]}""");
    PhysicalResource resource = type.create(before);
    String name = resource.physicalId();
    assertEquals("stack-Table-AB12", name);
    assertEquals(TextNode.valueOf(ARN + name), resource.attributes().get("Arn"));
    assertTrue(resource.attributes().containsKey("StreamArn"));
    assertEquals("ENABLED", pointInTimeRecovery(name));
    assertEquals("ENABLED", timeToLive(name));

    ResourceRequest after =
        request(
            "{"
                + keys
                + """
                "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"},
                  {"AttributeName": "b", "AttributeType": "S"}],
                "GlobalSecondaryIndexes": [{"IndexName": "byB",
                  "KeySchema": [{"AttributeName": "b", "KeyType": "HASH"}],
                  "Projection": {"ProjectionType": "ALL"}}]}""");
    type.update(resource, before, after);
    TableDescription table = describe(name);
    assertEquals(ARN + name + "/index/byB", table.globalSecondaryIndexes().get(0).indexArn());
    assertNull(table.sseDescription());
    assertEquals("DISABLED", pointInTimeRecovery(name));
    assertFalse(
        Boolean.TRUE.equals(
            table.streamSpecification() != null && table.streamSpecification().streamEnabled()));

    type.delete(resource, after);
    type.delete(resource, after);
    assertThrows(AwsError.class, () -> describe(name));
  }

  @Test
  void anUnknownNestedPropertyFailsByName() throws Exception {
    ResourceRequest request =
        request("{\"KeySchema\": [{\"AttributeName\": \"a\", \"KeyTipe\": \"HASH\"}]}");

    AwsError error =
        assertThrows(AwsError.class, () -> service.resourceTypes().get(0).create(request));
    assertTrue(error.getMessage().contains("KeyTipe"), error.getMessage());
  }

  private static String pointInTimeRecovery(String table) {
    return call(
            DescribeContinuousBackupsRequest.builder().tableName(table).build(),
            DescribeContinuousBackupsResponse.class)
        .continuousBackupsDescription()
        .pointInTimeRecoveryDescription()
        .pointInTimeRecoveryStatusAsString();
  }

  private static String timeToLive(String table) {
    return call(
            DescribeTimeToLiveRequest.builder().tableName(table).build(),
            DescribeTimeToLiveResponse.class)
        .timeToLiveDescription()
        .timeToLiveStatusAsString();
  }

  private static ResourceRequest request(String properties) throws Exception {
    return new ResourceRequest(
        "arn:stack",
        "stack",
        "Table",
        (ObjectNode) new ObjectMapper().readTree(properties),
        Map.of(),
        "AB12");
  }

  @Test
  void provisionedThroughputDoesNotThrottle() {
    CreateTableRequest provisioned =
        table("slow")
            .billingMode("PROVISIONED")
            .provisionedThroughput(t -> t.readCapacityUnits(1L).writeCapacityUnits(1L))
            .build();
    call(provisioned, CreateTableResponse.class);
    for (int i = 0; i < 50; i++) {
      call(item("slow", "m" + i), PutItemResponse.class);
    }
    TableDescription described = describe("slow");
    assertEquals(50, described.itemCount());
    assertEquals(1, described.provisionedThroughput().writeCapacityUnits());
  }

  @Test
  void anIndexTakesAKeyOfAnotherType() {
    call(
        table("indexed")
            .attributeDefinitions(
                k -> k.attributeName("queueMessage").attributeType("S"),
                g -> g.attributeName("g").attributeType("S"))
            .globalSecondaryIndexes(
                i ->
                    i.indexName("by-g")
                        .keySchema(k -> k.attributeName("g").keyType("HASH"))
                        .projection(p -> p.projectionType("ALL")))
            .build(),
        CreateTableResponse.class);
    call(item("indexed", "m"), PutItemResponse.class);
    assertEquals(1, indexedAfter(AttributeValue.fromS("text")));
    assertEquals(1, indexedAfter(AttributeValue.fromN("1")));
  }

  private static int indexedAfter(AttributeValue value) {
    call(
        UpdateItemRequest.builder()
            .tableName("indexed")
            .key(Map.of("queueMessage", AttributeValue.fromS("m")))
            .updateExpression("SET g = :g")
            .expressionAttributeValues(Map.of(":g", value))
            .build(),
        UpdateItemResponse.class);
    return call(
            ScanRequest.builder().tableName("indexed").indexName("by-g").build(),
            ScanResponse.class)
        .count();
  }
}
