package io.pipelab.local.eventbridge;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.Machine;

/** An event bus with its rules; AWS's matcher holds the patterns of those that are enabled. */
final class Bus {
  static final String DEFAULT = "default";

  final String name;
  final String arn;
  final Instant created;
  final Map<String, String> tags = new ConcurrentSkipListMap<>();

  volatile @Nullable String description;
  volatile @Nullable String policy;
  volatile Instant modified;

  private final Map<String, Rule> rules = new TreeMap<>();
  private GenericMachine<String> patterns = new Machine();

  Bus(String name, String arn, Instant created) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.modified = created;
  }

  synchronized Collection<Rule> rules() {
    return List.copyOf(rules.values());
  }

  synchronized @Nullable Rule rule(String rule) {
    return rules.get(rule);
  }

  /** Adds a rule, or takes up what was changed of it. */
  synchronized void put(Rule rule) {
    rules.put(rule.name, rule);
    learn();
  }

  synchronized void remove(Rule rule) {
    rules.remove(rule.name);
    learn();
  }

  /** Whether any rule waits for events at all. */
  synchronized boolean listens() {
    return !patterns.isEmpty();
  }

  /** The enabled rules whose pattern an event matches, in the order of their names. */
  synchronized List<Rule> matching(String event) {
    try {
      List<Rule> found = new ArrayList<>();
      patterns.rulesForJSONEvent(event).stream()
          .sorted()
          .forEach(rule -> found.add(rules.get(rule)));
      return found;
    } catch (Exception e) { // the matcher declares no less; the event was JSON when it was made
      throw new IllegalStateException("an event that cannot be matched", e);
    }
  }

  private void learn() {
    GenericMachine<String> anew = new Machine();
    for (Rule rule : rules.values()) {
      String pattern = rule.settings().pattern();
      if (pattern != null && rule.settings().enabled()) {
        add(anew, rule.name, pattern);
      }
    }
    patterns = anew;
  }

  private static void add(GenericMachine<String> patterns, String rule, String pattern) {
    try {
      patterns.addRule(rule, pattern);
    } catch (IOException e) {
      throw new IllegalStateException("a pattern that was checked", e);
    }
  }
}
