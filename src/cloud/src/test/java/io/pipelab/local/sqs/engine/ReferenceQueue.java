package io.pipelab.local.sqs.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a queue in the plainest way: one list that is searched for everything. Time in whole
 * seconds, messages known by their bodies.
 */
final class ReferenceQueue {
  /** A message; visible when it is due. */
  static final class Item {
    final String body;
    final @Nullable String group;
    final long sent;
    long position;
    long due;
    boolean inFlight;
    int count;

    Item(String body, @Nullable String group, long sent, long position, long due) {
      this.body = body;
      this.group = group;
      this.sent = sent;
      this.position = position;
      this.due = due;
    }
  }

  private record Accepted(String key, long at) {}

  /** Somebody who waits. */
  record Waiting(int id, int max, int visibility, long end) {}

  /** What somebody who waited got. */
  record Answer(int id, List<String> bodies) {}

  private final List<Item> items = new ArrayList<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  final List<String> dead = new ArrayList<>();
  private QueueSettings settings;
  private long positions;
  long now;

  ReferenceQueue(QueueSettings settings) {
    this.settings = settings;
  }

  /** Sends, and says whether the message was a duplicate. */
  boolean send(String body, @Nullable String group, @Nullable String dedup, int delay) {
    String key = settings.deduplicatesGroups() ? group + "/" + dedup : dedup;
    if (dedup != null
        && accepted.stream().anyMatch(a -> a.key().equals(key) && a.at() + 300 > now)) {
      return true;
    }
    if (dedup != null) {
      accepted.add(new Accepted(key, now));
    }
    items.add(new Item(body, group, now, ++positions, now + delay));
    settle();
    return false;
  }

  List<String> receive(int max, int visibility) {
    List<Item> taken = new ArrayList<>();
    Item next = next(taken, null);
    while (next != null && taken.size() < max) {
      QueueSettings.Redrive redrive = settings.redrive();
      if (redrive != null && next.count >= redrive.maxReceives()) {
        items.remove(next);
        dead.add(next.body);
      } else {
        taken.add(next);
      }
      next = next(taken, next);
    }
    for (Item item : taken) {
      item.count++;
      item.inFlight = true;
      item.due = now + visibility;
    }
    List<String> bodies = taken.stream().map(item -> item.body).toList();
    land();
    return bodies;
  }

  /** The next message beside those that are taken: for FIFO of the last one's group first. */
  private @Nullable Item next(List<Item> taken, @Nullable Item last) {
    Predicate<Item> free = item -> visible(item) && !taken.contains(item);
    if (!settings.fifo()) {
      return first(free);
    }
    Item same =
        last == null ? null : first(item -> free.test(item) && same(item.group, last.group));
    return same != null ? same : first(item -> free.test(item) && !blocked(item, taken));
  }

  private boolean blocked(Item item, List<Item> taken) {
    return items.stream()
        .anyMatch(
            other -> same(other.group, item.group) && (other.inFlight || taken.contains(other)));
  }

  private @Nullable Item first(Predicate<Item> chosen) {
    return items.stream()
        .filter(chosen)
        .min(Comparator.comparingLong(item -> item.position))
        .orElse(null);
  }

  void await(int id, int max, int visibility, int seconds) {
    waiting.add(new Waiting(id, max, visibility, now + seconds));
    settle();
  }

  boolean cancel(int id) {
    return waiting.removeIf(each -> each.id() == id);
  }

  /** Deletes by the handle of one receive; what the engine shall say to it. */
  String delete(String body, int receive) {
    Item item = find(body);
    if (item == null) {
      return "";
    }
    if (settings.fifo() && (item.count != receive || !item.inFlight)) {
      return "HANDLE_EXPIRED";
    }
    if (item.count == receive) {
      items.remove(item);
      settle();
    }
    return "";
  }

  String changeVisibility(String body, int seconds) {
    Item item = find(body);
    if (item == null) {
      return "MESSAGE_GONE";
    }
    if (!item.inFlight) {
      return settings.fifo() ? "NOT_IN_FLIGHT" : "";
    }
    item.due = now + seconds;
    land();
    settle();
    return "";
  }

  void apply(QueueSettings changed) {
    if (changed.fifo() && changed.delay() != settings.delay()) {
      items.stream()
          .filter(item -> !item.inFlight && item.due > now)
          .forEach(item -> item.due = item.sent + changed.delay());
    }
    settings = changed;
    settle();
  }

  void purge() {
    items.clear();
  }

  void second() {
    now++;
    settle();
    waiting.removeIf(
        each -> {
          boolean over = each.end() <= now;
          if (over) {
            answers.add(new Answer(each.id(), List.of()));
          }
          return over;
        });
  }

  QueueDepth depth() {
    int visible = (int) items.stream().filter(this::visible).count();
    int inFlight = (int) items.stream().filter(item -> item.inFlight).count();
    long oldest =
        items.stream()
            .min(Comparator.comparingLong(item -> item.position))
            .map(item -> now - item.sent)
            .orElse(0L);
    return new QueueDepth(visible, inFlight, items.size() - visible - inFlight, oldest);
  }

  private void settle() {
    items.removeIf(item -> item.sent + settings.retention() <= now);
    land();
    while (!waiting.isEmpty()) {
      Waiting first = waiting.get(0);
      List<String> bodies = receive(first.max(), first.visibility());
      if (bodies.isEmpty()) {
        return;
      }
      waiting.remove(0);
      answers.add(new Answer(first.id(), bodies));
    }
  }

  /** What was in flight until now is visible; a standard queue puts the often received last. */
  private void land() {
    items.stream()
        .filter(item -> item.inFlight && item.due <= now)
        .sorted(
            Comparator.<Item>comparingLong(item -> item.due)
                .thenComparingLong(item -> item.position))
        .toList()
        .forEach(
            item -> {
              item.inFlight = false;
              if (!settings.fifo() && item.count >= 3) {
                item.position = ++positions;
              }
            });
  }

  private boolean visible(Item item) {
    return !item.inFlight && item.due <= now;
  }

  private @Nullable Item find(String body) {
    return items.stream().filter(item -> item.body.equals(body)).findFirst().orElse(null);
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return Objects.equals(one, other);
  }
}
