package io.pipelab.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.FunctionInvoker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What subscription filters send to functions: the events of one stream that matched within a
 * second, in one asynchronous invocation.
 *
 * <p>Source: CloudWatch Logs user guide, "Log group-level subscription filters", example 2.
 */
final class Deliveries {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GATHERED = Duration.ofSeconds(1);

  /** Of messages in one batch: packed, it stays below what an asynchronous invocation may have. */
  private static final int MAX_BYTES = 128 << 10;

  private final CloudIdentity identity;
  private final CloudClock clock;
  private final Map<Key, Batch> open = new LinkedHashMap<>();
  private volatile @Nullable FunctionInvoker functions;

  Deliveries(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /** Which events go together. */
  private record Key(String group, String stream, String filter, String destination) {}

  /** Events on their way. */
  private static final class Batch {
    final List<Event> events = new ArrayList<>();
    int bytes;
  }

  void connect(FunctionInvoker invoker) {
    functions = invoker;
  }

  CloudIdentity identity() {
    return identity;
  }

  /**
   * Does nothing when a group's events may go to a function.
   *
   * @throws AwsError InvalidParameterException
   */
  void check(String function, String group) {
    try {
      caller(function, group);
    } catch (AwsError e) {
      throw Refusal.parameter(
          "Could not execute the lambda function. Make sure you have given CloudWatch Logs"
              + " permission to execute your function.");
    }
  }

  /** Takes an event that came in to all filters of its group that it matches. */
  void offer(Group group, EventStream stream, Event event) {
    for (Subscription each : group.subscriptions().values()) {
      if (each.pattern().test(event.message())) {
        add(
            new Key(group.name(), stream.name(), each.name(), each.shown().destinationArn()),
            event);
      }
    }
  }

  private synchronized void add(Key key, Event event) {
    Batch batch = open.get(key);
    if (batch != null && batch.bytes + event.bytes() > MAX_BYTES) {
      open.remove(key); // its own task sends it
      batch = null;
    }
    if (batch == null) {
      Batch fresh = new Batch();
      open.put(key, fresh);
      clock.after(GATHERED, () -> send(key, fresh));
      batch = fresh;
    }
    batch.events.add(event);
    batch.bytes += event.bytes();
  }

  private void send(Key key, Batch batch) {
    List<Event> events;
    synchronized (this) {
      open.remove(key, batch);
      events = List.copyOf(batch.events);
    }
    try {
      Caller caller = caller(key.destination(), key.group());
      invoker().invokeAsync(key.destination(), payload(key, events), caller);
    } catch (AwsError e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} log events of {1} did not reach {2}: {3}",
          events.size(),
          key.group(),
          key.destination(),
          e.getMessage());
    }
  }

  /** CloudWatch Logs comes by its regional name or by the one without a region. */
  private Caller caller(String function, String group) {
    String source = identity.arn("logs", "log-group:" + group + ":*");
    Caller regional =
        new Caller.ServicePrincipal("logs." + identity.region() + ".amazonaws.com", source);
    Caller plain = new Caller.ServicePrincipal("logs.amazonaws.com", source);
    try {
      invoker().check(function, plain);
      return plain;
    } catch (AwsError e) {
      invoker().check(function, regional);
      return regional;
    }
  }

  private FunctionInvoker invoker() {
    FunctionInvoker invoker = functions;
    if (invoker == null) {
      throw AwsError.notImplemented("subscription filters before Logs is connected to Lambda");
    }
    return invoker;
  }

  private byte[] payload(Key key, List<Event> events) {
    ObjectNode data =
        JSON.createObjectNode()
            .put("messageType", "DATA_MESSAGE")
            .put("owner", identity.account())
            .put("logGroup", key.group())
            .put("logStream", key.stream());
    data.putArray("subscriptionFilters").add(key.filter());
    ArrayNode list = data.putArray("logEvents");
    for (Event event : events) {
      list.addObject()
          .put("id", event.position().toString())
          .put("timestamp", event.timestamp())
          .put("message", event.message());
    }
    ObjectNode payload = JSON.createObjectNode();
    payload.putObject("awslogs").put("data", packed(data));
    return payload.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String packed(ObjectNode data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(JSON.writeValueAsBytes(data));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory it does not happen
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
