package io.pipelab.verify.check;

import io.pipelab.target.AwsClients;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.verify.load.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a check looks through.
 *
 * @param time the target's time ({@code TargetTime})
 * @param loads the loads of the lab since it was put up, the oldest first
 * @param sent what else was sent into the lab since it was put up, the oldest first
 */
public record CheckScope(
    AwsClients clients, Supplier<Instant> time, List<LoadRecord> loads, List<Sent> sent) {
  /** Of a lab into which nothing but loads is sent. */
  public CheckScope(AwsClients clients, Supplier<Instant> time, List<LoadRecord> loads) {
    this(clients, time, loads, List.of());
  }

  /** The target's time now. */
  public Instant now() {
    return time.get();
  }

  /** The load that the checks are about: the last one. */
  public Optional<LoadRecord> load() {
    return loads.isEmpty() ? Optional.empty() : Optional.of(loads.get(loads.size() - 1));
  }

  /** Whether the lab was driven at all. */
  public boolean driven() {
    return !loads.isEmpty() || !sent.isEmpty();
  }

  /** The files that were last put into a bucket. */
  public Optional<Sent.Files> filesIn(String bucket) {
    return sent.stream()
        .filter(Sent.Files.class::isInstance)
        .map(Sent.Files.class::cast)
        .filter(files -> files.bucket().equals(bucket))
        .reduce((first, second) -> second);
  }

  /** The message that was last published to a topic. */
  public Optional<Sent.Message> messageTo(String topic) {
    return sent.stream()
        .filter(Sent.Message.class::isInstance)
        .map(Sent.Message.class::cast)
        .filter(message -> message.topic().equals(topic))
        .reduce((first, second) -> second);
  }

  /** What was last seen when something was tried on a part of the lab. */
  public Optional<Sent.Drill> drill(String name, String subject) {
    return sent.stream()
        .filter(Sent.Drill.class::isInstance)
        .map(Sent.Drill.class::cast)
        .filter(drill -> drill.drill().equals(name) && drill.subject().equals(subject))
        .reduce((first, second) -> second);
  }
}
