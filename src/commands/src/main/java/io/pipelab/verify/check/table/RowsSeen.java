package io.pipelab.verify.check.table;

import io.pipelab.verify.check.TableSweep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Which rows one sweep of a table found as items so far. */
public final class RowsSeen {
  private final List<String> keys;
  private final TableSweep sweep = new TableSweep();
  private Map<List<String>, Set<Map<String, String>>> expected = Map.of();
  private long same;
  private long others;
  private String different = "";

  RowsSeen(List<String> keys) {
    this.keys = keys;
  }

  /** Whether the next look begins a sweep, for which rows must be expected. */
  boolean isAtBeginning() {
    return sweep.isAtBeginning();
  }

  /** Begins with these rows. */
  void expect(List<Map<String, String>> rows) {
    expected = new HashMap<>();
    rows.forEach(row -> expected.computeIfAbsent(key(row), key -> new HashSet<>()).add(row));
    same = 0;
    others = 0;
    different = "";
  }

  /** How many distinct keys the rows have. */
  int expected() {
    return expected.size();
  }

  /** Reads on; returns whether all of the table was read. */
  boolean readOn(DynamoDbClient dynamoDb, String table) {
    return sweep.readOn(
        dynamoDb,
        ScanRequest.builder().tableName(table).build(),
        page -> page.items().forEach(this::add));
  }

  long same() {
    return same;
  }

  /** The key of an item that has other fields than its row; empty while there is none. */
  String different() {
    return different;
  }

  String words() {
    return same
        + " items with equal fields"
        + (others > 0 ? ", " + others + " from elsewhere" : "");
  }

  private void add(Map<String, AttributeValue> item) {
    Map<String, String> row = new LinkedHashMap<>();
    item.forEach((name, value) -> row.put(name, value.s()));
    Set<Map<String, String>> wanted = expected.get(key(row));
    if (wanted == null) {
      others++;
    } else if (wanted.contains(row)) {
      same++;
    } else {
      different = String.valueOf(key(row));
    }
  }

  private List<String> key(Map<String, String> row) {
    return keys.stream().map(each -> row.getOrDefault(each, "")).toList();
  }
}
