package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The account's buses by name; the one that is there from the beginning is {@code default}. */
final class Buses {
  private static final int MOST_BUSES = 100;

  final CloudIdentity identity;
  private final CloudClock clock;
  private final Map<String, Bus> byName = new ConcurrentSkipListMap<>();

  Buses(CloudIdentity identity, CloudClock clock) {
    this.identity = identity;
    this.clock = clock;
    byName.put(Bus.DEFAULT, bus(Bus.DEFAULT));
  }

  private Bus bus(String name) {
    return new Bus(name, identity.arn("events", "event-bus/" + name), clock.now());
  }

  Bus create(String name) {
    if (name.contains("/")) {
      throw Refusals.invalid("Event bus name must not contain '/'.");
    }
    if (byName.size() >= MOST_BUSES) {
      throw Refusals.overLimit();
    }
    Bus bus = bus(name);
    if (byName.putIfAbsent(name, bus) != null) {
      throw AwsError.badRequest(
          "ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
    }
    return bus;
  }

  /** A bus by name or ARN; the default one when none is named. */
  Optional<Bus> find(@Nullable String nameOrArn) {
    return Optional.ofNullable(byName.get(nameOf(nameOrArn)));
  }

  /**
   * A bus by name or ARN; the default one when none is named.
   *
   * @throws AwsError ResourceNotFoundException
   */
  Bus get(@Nullable String nameOrArn) {
    return find(nameOrArn)
        .orElseThrow(
            () -> Refusals.notFound("Event bus " + nameOf(nameOrArn) + " does not exist."));
  }

  Bus standard() {
    return get(null);
  }

  private static String nameOf(@Nullable String nameOrArn) {
    if (nameOrArn == null) {
      return Bus.DEFAULT;
    }
    return nameOrArn.startsWith("arn:")
        ? nameOrArn.substring(nameOrArn.indexOf('/') + 1)
        : nameOrArn;
  }

  List<Bus> all() {
    return List.copyOf(byName.values());
  }

  void delete(Bus bus) {
    if (bus.name.equals(Bus.DEFAULT)) {
      throw Refusals.invalid("Cannot delete event bus default.");
    }
    if (!bus.rules().isEmpty()) {
      throw Refusals.invalid("Event bus can't be deleted since it has rules.");
    }
    byName.remove(bus.name, bus);
  }
}
