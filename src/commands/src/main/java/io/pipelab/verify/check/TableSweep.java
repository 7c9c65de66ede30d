package io.pipelab.verify.check;

import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads a table from its beginning to its end, some pages a look; the next look goes on where the
 * last one ended, so that a look takes the same time and memory whatever the table holds. An item
 * is read once in a sweep; one that comes behind the place that is being read is found by the next
 * sweep.
 */
public final class TableSweep {
  public static final int ITEMS_A_PAGE = 2000;
  public static final int PAGES_A_LOOK = 10;

  private Map<String, AttributeValue> from = Map.of();

  /** Whether the next look begins a sweep. */
  public boolean isAtBeginning() {
    return from.isEmpty();
  }

  /**
   * Reads on.
   *
   * @param scan what is read of which table
   * @param page told each page
   * @return whether the end was reached; then the next look begins a sweep
   */
  public boolean readOn(DynamoDbClient dynamoDb, ScanRequest scan, Consumer<ScanResponse> page) {
    for (int read = 0; read < PAGES_A_LOOK; read++) {
      ScanResponse response =
          dynamoDb.scan(
              scan.toBuilder()
                  .consistentRead(true)
                  .limit(ITEMS_A_PAGE)
                  .exclusiveStartKey(from.isEmpty() ? null : from)
                  .build());
      page.accept(response);
      from = response.lastEvaluatedKey();
      if (from.isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
