package io.pipelab.local.cloudformation.engine;

import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.ResourceDeclaration;
import io.pipelab.local.kernel.CloudClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/**
 * One stack: its status, resources and events. Its operations change it from several threads;
 * readers see each change whole.
 */
public final class LiveStack {
  /** The operation that owns the stack now. */
  private record Running(Cancellation cancellation, CompletableFuture<@Nullable Void> done) {}

  /** As long as CloudFormation keeps events; here not more than so many of one stack. */
  private static final Duration EVENT_RETENTION = Duration.ofDays(90);

  private static final int MOST_EVENTS = 2_000;
  private static final int MOST_TOKENS = 1_000;

  private final CloudClock clock;
  private final Consumer<StackEvent> listener;
  private final String id;
  private final String name;
  private final Instant created;
  private final Map<String, LiveResource> resources = new LinkedHashMap<>();
  private final Deque<StackEvent> events = new ArrayDeque<>();

  /** The last clients' tokens; a client asks again within minutes, if at all. */
  private final Map<String, String> tokens =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_TOKENS;
        }
      };

  private StackStatus status;
  private @Nullable String reason;
  private @Nullable Instant updated;
  private @Nullable Instant deleted;
  private @Nullable Deployment deployment;
  private @Nullable Deployment stable;
  private @Nullable Journal journal;
  private List<Output> outputs = List.of();
  private boolean terminationProtection;
  private @Nullable Running running;

  /**
   * @param listener hears of each event, within the lock of the stack
   */
  LiveStack(
      CloudClock clock, String id, String name, StackStatus first, Consumer<StackEvent> listener) {
    this.listener = listener;
    this.clock = clock;
    this.id = id;
    this.name = name;
    this.created = clock.now();
    this.status = first;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public Instant created() {
    return created;
  }

  public synchronized StackStatus status() {
    return status;
  }

  public synchronized @Nullable String reason() {
    return reason;
  }

  public synchronized @Nullable Instant updated() {
    return updated;
  }

  public synchronized @Nullable Instant deleted() {
    return deleted;
  }

  public synchronized boolean isDeleted() {
    return status == StackStatus.DELETE_COMPLETE;
  }

  /** What it was last asked to be; null while it only has change sets. */
  public synchronized @Nullable Deployment deployment() {
    return deployment;
  }

  /** What it last was, completely. */
  synchronized @Nullable Deployment stable() {
    return stable;
  }

  public synchronized List<Output> outputs() {
    return outputs;
  }

  public synchronized boolean terminationProtection() {
    return terminationProtection;
  }

  public synchronized void protect(boolean on) {
    terminationProtection = on;
  }

  /** The last events, the oldest first. */
  public synchronized List<StackEvent> events() {
    return List.copyOf(events);
  }

  /** Resources in the order in which they were first seen. */
  public synchronized List<LiveResource> resources() {
    return List.copyOf(resources.values());
  }

  public synchronized @Nullable LiveResource resource(String logicalId) {
    return resources.get(logicalId);
  }

  /** Completes when the operation that is under way now has ended; at once when there is none. */
  public synchronized CompletableFuture<@Nullable Void> idle() {
    return running == null ? CompletableFuture.completedFuture(null) : running.done();
  }

  /** Remembers a client's token; false when the same request was made with it before. */
  public synchronized boolean firstUse(@Nullable String token, String action) {
    return token == null || !action.equals(tokens.putIfAbsent(token, action));
  }

  /**
   * Moves into an operation's first status, if the stack is in one of those that allow it; from
   * then on the stack is that operation's.
   *
   * @return the operation that owned it before, to be waited for
   * @throws io.pipelab.local.kernel.AwsError ValidationError
   */
  synchronized CompletableFuture<@Nullable Void> begin(
      Set<StackStatus> allowed,
      StackStatus first,
      Cancellation cancellation,
      CompletableFuture<@Nullable Void> done) {
    if (!allowed.contains(status)) {
      throw Invalid.request(
          first == StackStatus.DELETE_IN_PROGRESS
              ? "Stack [" + id + "] cannot be deleted while in status " + status
              : "Stack:" + id + " is in " + status + " state and can not be updated.");
    }
    Running before = running;
    running = new Running(cancellation, done);
    if (before == null) {
      return CompletableFuture.completedFuture(null);
    }
    before.cancellation().cancel(null);
    return before.done();
  }

  /** What the stack is asked to be from now on. */
  synchronized void deploy(Deployment wanted, boolean update) {
    deployment = wanted;
    if (update) {
      updated = clock.now();
    }
  }

  /** Cancels an update; it then rolls back. */
  public synchronized void cancelUpdate() {
    if (status != StackStatus.UPDATE_IN_PROGRESS || running == null) {
      throw Invalid.request("CancelUpdateStack cannot be called from current stack status");
    }
    running.cancellation().cancel("User Initiated");
  }

  /**
   * Changes the status, with an event, if the operation still owns the stack.
   *
   * @return false when another operation has taken over
   */
  synchronized boolean advance(
      Cancellation owner, StackStatus newStatus, @Nullable String newReason) {
    if (running != null && running.cancellation() != owner) {
      return false;
    }
    review(newStatus, newReason);
    return true;
  }

  /** Changes the status, with an event. */
  synchronized void review(StackStatus newStatus, @Nullable String newReason) {
    status = newStatus;
    reason = newReason;
    if (newStatus == StackStatus.DELETE_COMPLETE) {
      deleted = clock.now();
    }
    addEvent(
        event(clock.now())
            .eventId(UUID.randomUUID().toString())
            .logicalResourceId(name)
            .physicalResourceId(id)
            .resourceType("AWS::CloudFormation::Stack")
            .resourceStatus(newStatus.toString())
            .resourceStatusReason(newReason)
            .build());
  }

  /** Records a resource's new state, with an event. */
  synchronized LiveResource record(LiveResource resource) {
    LiveResource now = announce(resource);
    resources.put(resource.logicalId(), now);
    return now;
  }

  /** Adds an event about a resource that is not, or no longer, the stack's own. */
  synchronized LiveResource announce(LiveResource resource) {
    Instant time = clock.now();
    addEvent(
        event(time)
            .eventId(resource.logicalId() + "-" + resource.status() + "-" + time)
            .logicalResourceId(resource.logicalId())
            .physicalResourceId(resource.physicalId())
            .resourceType(resource.declaration().type())
            .resourceStatus(resource.status())
            .resourceStatusReason(resource.reason())
            .build());
    return resource.at(time);
  }

  /** Records a resource's new state without an event. */
  synchronized void keep(LiveResource resource) {
    resources.put(resource.logicalId(), resource);
  }

  /** Forgets a resource, unless another one has taken its place. */
  synchronized void forget(LiveResource resource) {
    LiveResource current = resources.get(resource.logicalId());
    if (current != null && current.physicalId().equals(resource.physicalId())) {
      resources.remove(resource.logicalId());
    }
  }

  synchronized void publish(List<Output> newOutputs) {
    outputs = List.copyOf(newOutputs);
  }

  /** Makes what the stack was asked to be what it is. */
  synchronized void settle(@Nullable Deployment now) {
    deployment = now;
    stable = now;
    journal = null;
    for (LiveResource resource : List.copyOf(resources.values())) {
      ResourceDeclaration declared =
          now == null ? null : now.plan().resources().get(resource.logicalId());
      if (now != null && declared != null) {
        Set<String> needs = now.plan().graph().needs().getOrDefault(resource.logicalId(), Set.of());
        resources.put(resource.logicalId(), resource.declared(declared, needs));
      }
    }
  }

  /** What the update in progress has changed so far; it lasts until the stack is stable again. */
  synchronized Journal journal() {
    Journal open = journal;
    if (open == null) {
      open = new Journal();
      journal = open;
    }
    return open;
  }

  private StackEvent.Builder event(Instant time) {
    return StackEvent.builder()
        .stackId(id)
        .stackName(name)
        .timestamp(time)
        .clientRequestToken(deployment == null ? null : deployment.token());
  }

  private void addEvent(StackEvent event) {
    events.addLast(event);
    Instant oldest = event.timestamp().minus(EVENT_RETENTION);
    while (events.size() > MOST_EVENTS || events.getFirst().timestamp().isBefore(oldest)) {
      events.removeFirst();
    }
    listener.accept(event);
  }
}
