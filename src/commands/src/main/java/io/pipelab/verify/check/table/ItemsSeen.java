package io.pipelab.verify.check.table;

import io.pipelab.verify.check.TableSweep;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** The items of a load that one sweep of a table found so far: a bit for each sequence number. */
public final class ItemsSeen {
  private final String host;
  private final String sequence;
  private final TableSweep sweep = new TableSweep();
  private final Set<String> hosts = new HashSet<>();
  private final BitSet sequences = new BitSet();
  private final Set<String> strangeSequences = new HashSet<>();
  private long items;

  /**
   * Nothing seen yet.
   *
   * @param host the name of the attribute that says who wrote an item
   * @param sequence the name of the attribute that says which message of the load it is
   */
  ItemsSeen(String host, String sequence) {
    this.host = host;
    this.sequence = sequence;
  }

  /** Reads on; returns whether all of the table was read. */
  boolean readOn(DynamoDbClient dynamoDb, ScanRequest scan) {
    if (sweep.isAtBeginning()) {
      items = 0;
      hosts.clear();
      sequences.clear();
      strangeSequences.clear();
    }
    return sweep.readOn(dynamoDb, scan, page -> page.items().forEach(this::add));
  }

  long items() {
    return items;
  }

  int hosts() {
    return hosts.size();
  }

  /** How many items have a sequence number that another has, too. */
  long twice() {
    return items - sequences.cardinality() - strangeSequences.size();
  }

  private void add(Map<String, AttributeValue> item) {
    items++;
    hosts.add(String.valueOf(item.get(host)));
    AttributeValue number = item.get(sequence);
    int bit = bit(number);
    if (bit < 0) {
      strangeSequences.add(String.valueOf(number));
    } else {
      sequences.set(bit);
    }
  }

  /** The sequence as a small number; -1 when it is none, or written as no other would write it. */
  private static int bit(@Nullable AttributeValue value) {
    String text = value == null ? null : value.n();
    return text != null && text.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(text) : -1;
  }
}
