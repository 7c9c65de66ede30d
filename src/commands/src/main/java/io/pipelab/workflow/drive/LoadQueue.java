package io.pipelab.workflow.drive;

import io.pipelab.drive.Bodies;
import io.pipelab.drive.LoadResult;
import io.pipelab.drive.SendMessages;
import io.pipelab.lab.SettingNames;
import io.pipelab.target.Failure;
import io.pipelab.target.ServiceFailures;
import io.pipelab.target.TargetTime;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Puts messages into the lab's queue, and remembers what was sent for {@code verify}. */
public final class LoadQueue implements DriveStep<LoadResult> {
  static final DriveAction<LoadSettings> ACTION =
      new DriveAction<>(
          "load-queue",
          SettingNames.NONE.takes("queue", "count", "poison", "rate"),
          (with, samples) -> LoadSettings.of(with),
          LoadQueue::new);

  /** What every SQS-compatible endpoint takes in one message, when the queue does not say. */
  private static final String USUAL_SIZE = "262144";

  private final LabInstance instance;
  private final LoadSettings settings;
  private final String runId;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<LoadResult> result = Optional.empty();
  private @Nullable SdkException unrecorded;

  public LoadQueue(LoadSettings settings, Driven on) {
    this.instance = on.instance();
    this.settings = settings;
    this.runId = on.runId();
    this.cloud = on.cloud();
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Load the queue with " + settings.count() + " messages";
  }

  @Override
  public LoadResult result() {
    return result.orElseThrow();
  }

  @Override
  public void requireAll() {
    LoadResult load = result();
    if (!load.complete()) {
      LoadResult.Failure first = load.failures().isEmpty() ? null : load.failures().get(0);
      throw new Failure(
          Failure.Kind.NOT_ALL_SENT,
          "%d of %d messages were not sent%s"
              .formatted(
                  load.failed() + load.unsent(),
                  load.asked(),
                  load.uncertain() == 0 ? "" : ", and " + load.uncertain() + " are uncertain"),
          first == null ? load.halted() : first.code() + ": " + first.reason(),
          next(load));
    }
    if (unrecorded != null) {
      throw unrecorded;
    }
  }

  private @Nullable String next(LoadResult load) {
    Failure gone = unrecorded == null ? null : ServiceFailures.behind(unrecorded);
    return gone == null
        ? "load the rest: 'pipelab load-queue %s --count %d'"
            .formatted(instance.asArguments(), load.failed() + load.unsent())
        : gone.next();
  }

  @Override
  public void run(Progress progress) {
    String queue = bindings.references().resolve(settings.queue());
    Map<QueueAttributeName, String> before = attributes(queue);
    LongFunction<String> good = goodBodies(before);
    LongFunction<String> bad = Bodies.poison();
    sayWhenAlarmed(queue, progress);
    Instant started = targetTime();
    say("nothing was sent yet, and the lab stays up", progress);
    // Before the first message: whatever becomes of this process, 'verify' knows of the load.
    LabLoads.of(cloud, bindings)
        .add(record(queue, 0, settings.count(), backlog(before), 0, started, started));
    LoadResult sent;
    try {
      sent = send(queue, good, bad, progress);
    } catch (AwsServiceException e) {
      LabLoads.of(cloud, bindings).add(record(queue, 0, 0, backlog(before), 0, started, started));
      throw e;
    }
    result = Optional.of(sent);
    remember(sent, queue, backlog(before), started, items(sent, good), progress);
  }

  private LoadResult send(
      String queue, LongFunction<String> good, LongFunction<String> bad, Progress progress) {
    return new SendMessages(cloud.clients().sqs(), Clock.systemUTC())
        .send(
            new SendMessages.Load(
                queue,
                runId,
                settings.count(),
                index -> index < settings.poison() ? bad.apply(index) : good.apply(index),
                settings.perSecond(),
                cloud.deadline().left()),
            done -> tell(done, progress));
  }

  private LoadRecord record(
      String queue,
      long sent,
      long uncertain,
      long backlog,
      long items,
      Instant started,
      Instant finished) {
    long poison = Math.min(settings.poison(), sent + uncertain);
    return new LoadRecord(
        runId, queue, settings.count(), sent, uncertain, poison, backlog, items, started, finished);
  }

  /** How many items a table keyed by the body must get: bodies from a file may repeat. */
  private long items(LoadResult sent, LongFunction<String> good) {
    return settings.bodyFile() == null
        ? Math.max(0, sent.sent() - settings.poison())
        : LongStream.range(settings.poison(), sent.sent()).mapToObj(good).distinct().count();
  }

  /** Also a load that was interrupted counts: what it sent is in the queue. */
  private void remember(
      LoadResult sent, String queue, long backlog, Instant started, long items, Progress progress) {
    boolean interrupted = Thread.interrupted();
    if (interrupted) {
      sayHowFar(sent, progress);
    }
    try {
      LabLoads.of(cloud, bindings)
          .add(record(queue, sent.sent(), sent.uncertain(), backlog, items, started, targetTime()));
    } catch (SdkException e) {
      // First the totals, which say what is in the queue.
      unrecorded = e;
      progress.note("'pipelab verify' counts run " + runId + " by what the queue got");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(long done, Progress progress) {
    say(
        "%d of %d messages were sent or tried (run %s)".formatted(done, settings.count(), runId),
        progress);
    progress.on(new Progress.Counted("messages", done, settings.count()));
  }

  private void sayHowFar(LoadResult sent, Progress progress) {
    String uncertain =
        sent.uncertain() == 0 ? "" : ", %d are uncertain".formatted(sent.uncertain());
    say(
        "%d of %d messages were sent%s (run %s); the others were not"
            .formatted(sent.sent(), sent.asked(), uncertain, runId),
        progress);
  }

  private void say(String state, Progress progress) {
    progress.underway(
        state,
        "'pipelab verify %s' counts what the queue got, %s"
            .formatted(instance.asArguments(), instance.removal()));
  }

  private LongFunction<String> goodBodies(Map<QueueAttributeName, String> queue) {
    Path file = settings.bodyFile();
    if (file == null) {
      return Bodies.numbers(new SecureRandom());
    }
    String most = queue.getOrDefault(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, USUAL_SIZE);
    return lines(file, Integer.parseInt(most));
  }

  private static LongFunction<String> lines(Path file, int mostBytes) {
    try {
      return Bodies.lines(file, mostBytes);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()), "one message body a line, as text");
    } catch (UncheckedIOException e) {
      throw Failure.usage(
          "the file " + file + " cannot be read (" + e.getCause() + ")", "check its name");
    }
  }

  private Instant targetTime() {
    return new TargetTime(cloud.clients()).now();
  }

  private Map<QueueAttributeName, String> attributes(String queue) {
    return cloud
        .clients()
        .sqs()
        .getQueueAttributes(
            r ->
                r.queueUrl(queue)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.MAXIMUM_MESSAGE_SIZE))
        .attributes();
  }

  private static long backlog(Map<QueueAttributeName, String> queue) {
    return Long.parseLong(
        queue.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
  }

  /** Loading again while the alarm is in ALARM starts nothing: the user must know. */
  private void sayWhenAlarmed(String queue, Progress progress) {
    String name = queue.substring(queue.lastIndexOf('/') + 1);
    for (MetricAlarm alarm : raised()) {
      boolean ours =
          "AWS/SQS".equals(alarm.namespace())
              && alarm.dimensions().stream().anyMatch(d -> name.equals(d.value()));
      if (ours) {
        progress.note(
            "alarm %s is in ALARM since %s and acts only on the change into ALARM:"
                    .formatted(alarm.alarmName(), alarm.stateUpdatedTimestamp())
                + " this load triggers nothing until the alarm has returned to OK");
      }
    }
  }

  private List<MetricAlarm> raised() {
    try {
      return cloud
          .clients()
          .cloudWatch()
          .describeAlarms(r -> r.stateValue(StateValue.ALARM))
          .metricAlarms();
    } catch (CloudWatchException e) {
      if (ServiceFailures.isUnsupported(e)) {
        return List.of();
      }
      throw e;
    }
  }
}
