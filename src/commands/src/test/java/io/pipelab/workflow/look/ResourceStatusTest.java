package io.pipelab.workflow.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pipelab.verify.FakeAws;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

class ResourceStatusTest {
  private final FakeAws aws = new FakeAws();

  @Test
  void aSmallTableIsCounted() {
    assertEquals("500 items", table(500, 0).text());
    assertEquals(Map.of("items", 500L, "complete", true), table(500, 0).facts());
  }

  @Test
  void aLargeTableIsAskedAndReadNoFurther() {
    StatusLine line = table(100_000, 100_000);
    assertEquals("about 100000 items", line.text());
    assertEquals(Map.of("items", 100_000L, "complete", false), line.facts());
    assertEquals(1, aws.requests(ScanRequest.class).size());
  }

  /** DescribeTable: "DynamoDB updates this value approximately every six hours." */
  @Test
  void aTableThatDoesNotKnowYetHasMoreThanWasSeen() {
    assertEquals("more than 1000 items", table(100_000, 0).text());
  }

  private StatusLine table(int items, long told) {
    aws.on(
        ScanRequest.class,
        request -> {
          Integer limit = request.limit();
          assertNotNull(limit, "a Scan without a Limit");
          return ScanResponse.builder()
              .count(Math.min(items, limit))
              .lastEvaluatedKey(items > limit ? Map.of("key", AttributeValue.fromS("last")) : null)
              .build();
        });
    aws.on(
        DescribeTableRequest.class,
        DescribeTableResponse.builder().table(table -> table.itemCount(told)).build());
    return ResourceStatus.of(aws, "AWS::DynamoDB::Table", "t").orElseThrow();
  }
}
