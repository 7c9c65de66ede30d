package io.pipelab.verify.check;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pipelab.lab.Lab.CheckSpec;
import io.pipelab.lab.Lab.Hint;
import io.pipelab.lab.Settings;
import io.pipelab.verify.check.Observation.State;
import io.pipelab.verify.check.queue.MessagesKept;
import io.pipelab.verify.check.table.ItemsOfRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A look at a table of 45,000 items reads a part of it, and the next one goes on from there. */
class LargeTableTest extends CheckTest {
  private static final int MANY = 45_000;
  private static final int A_LOOK = TableSweep.ITEMS_A_PAGE * TableSweep.PAGES_A_LOOK;

  private int items = MANY;
  private IntFunction<Map<String, AttributeValue>> item = LargeTableTest::message;

  @BeforeEach
  void aTableThatIsReadByPages() {
    loads = List.of(load(MANY, 0));
    aws.on(ScanRequest.class, this::scan);
  }

  private ScanResponse scan(ScanRequest request) {
    Integer limit = request.limit();
    assertNotNull(limit, "a Scan without a Limit reads whatever the table holds");
    Map<String, AttributeValue> start = request.exclusiveStartKey();
    int first = start.isEmpty() ? 0 : Integer.parseInt(requireNonNull(start.get("key")).s());
    int end = Math.min(items, first + limit);
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    for (int i = first; i < end; i++) {
      page.add(item.apply(i));
    }
    return ScanResponse.builder()
        .items(page)
        .count(page.size())
        .lastEvaluatedKey(
            end == items ? null : Map.of("key", AttributeValue.fromS(String.valueOf(end))))
        .build();
  }

  private static Map<String, AttributeValue> message(int i) {
    return Map.of(
        "host", AttributeValue.fromS("host-" + i % 2),
        "sequence", AttributeValue.fromN(String.valueOf(i + 1)));
  }

  /** The same check for each look, as when it is waited for. */
  private Check check(CheckType type, Map<String, Object> settings) {
    CheckSpec spec = new CheckSpec(type.name(), type.name(), settings, new Hint("", null), 1);
    return type.make(Settings.of(Path.of("lab.yaml"), spec, settings));
  }

  private Observation look(Check check) {
    int before = aws.requests(ScanRequest.class).size();
    Observation seen = check.look(new CheckScope(aws, () -> now, loads, sent));
    int pages = aws.requests(ScanRequest.class).size() - before;
    assertEquals(Math.min(TableSweep.PAGES_A_LOOK, pages), pages);
    return seen;
  }

  private Check itemsOfRun() {
    return check(
        ItemsOfRun.TYPE,
        Map.of(
            "table",
            "t",
            "run",
            "runId",
            "sequence",
            "sequence",
            "host",
            "host",
            "hostsAtMost",
            2L));
  }

  @Test
  void itemsAreCountedOverSeveralLooks() {
    Check check = itemsOfRun();
    assertSeen(
        State.NOT_YET, A_LOOK + " items from 2 hosts so far, the table has more", look(check));
    assertSeen(
        State.NOT_YET, 2 * A_LOOK + " items from 2 hosts so far, the table has more", look(check));
    assertSeen(State.HOLDS, MANY + " items from 2 hosts", look(check));
  }

  @Test
  void whatCameBehindThePlaceThatWasReadIsFoundByTheNextSweep() {
    items = MANY - 1;
    Check check = itemsOfRun();
    look(check);
    look(check);
    assertSeen(State.NOT_YET, (MANY - 1) + " items from 2 hosts", look(check));
    items = MANY;
    look(check);
    look(check);
    assertSeen(State.HOLDS, MANY + " items from 2 hosts", look(check));
  }

  @Test
  void aMessageThatWasStoredTwiceIsFoundWhereverItIs() {
    item = i -> message(i == MANY - 1 ? 3 : i);
    Check check = itemsOfRun();
    look(check);
    look(check);
    assertSeen(
        State.NEVER,
        MANY + " items from 2 hosts, 1 of them with a sequence number of another",
        look(check));
  }

  @Test
  void keptMessagesAreCountedOverSeveralLooks() {
    Check check =
        check(
            MessagesKept.TYPE,
            Map.of(
                "queue",
                "http://q/1/q",
                "deadLetterQueue",
                "http://q/1/d",
                "table",
                "t",
                "run",
                "runId"));
    depth(5);
    items = MANY - 10;
    assertSeen(State.NOT_YET, (10 + A_LOOK) + " found so far, the table has more", look(check));
    // What has moved since may be behind the place that was read: it counts where it was.
    depth(0);
    look(check);
    assertSeen(State.HOLDS, "none is lost", look(check));
    look(check);
    look(check);
    assertSeen(State.LACKS, "10 are neither in the queues nor in the table t", look(check));
  }

  private void depth(int visible) {
    aws.on(
        GetQueueAttributesRequest.class,
        GetQueueAttributesResponse.builder()
            .attributes(
                Map.of(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, String.valueOf(visible),
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0",
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "0"))
            .build());
  }
}
