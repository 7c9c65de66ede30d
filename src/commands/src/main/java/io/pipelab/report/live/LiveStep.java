package io.pipelab.report.live;

import io.pipelab.workflow.step.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A step that runs or ran, and what is known of its parts. */
final class LiveStep {
  /** How something stands. */
  enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A part of a step: a resource, a count, a step of the lab.
   *
   * @param since by {@link System#nanoTime}, when it began
   */
  record Part(String text, State state, long since) {}

  final String title;
  final long since;
  final long thread;
  final List<LiveStep> children = new ArrayList<>();
  final Map<String, Part> parts = new LinkedHashMap<>();
  State state = State.RUNNING;
  double seconds;

  LiveStep(String title, long thread, long since) {
    this.title = title;
    this.thread = thread;
    this.since = since;
  }

  void end(State how, double took) {
    state = how;
    seconds = took;
  }

  /** Puts a part, which keeps the time at which it began. */
  void put(String key, String text, State how, long now) {
    Part before = parts.get(key);
    long since = before != null && before.state() == State.RUNNING ? before.since() : now;
    parts.put(key, new Part(text, how, since));
  }

  void resource(Progress.ResourceChanged changed, long now) {
    String status = changed.status();
    State how =
        status.endsWith("_IN_PROGRESS")
            ? State.RUNNING
            : status.endsWith("_FAILED") ? State.FAILED : State.DONE;
    boolean itself = changed.resource().equals(changed.stack());
    if (itself && how != State.FAILED) {
      return;
    }
    String verb = status.replaceFirst("_.*", "");
    String text = changed.resource() + " " + changed.type();
    if (how == State.FAILED) {
      text += " " + status + (changed.reason() == null ? "" : ": " + changed.reason());
    } else if (!verb.equals("CREATE")) {
      text += " " + verb;
    }
    put("resource " + changed.resource(), text, how, now);
  }

  /** How many parts are in a state, of those that are resources. */
  long resources(State how) {
    return parts.entrySet().stream()
        .filter(part -> part.getKey().startsWith("resource "))
        .filter(part -> part.getValue().state() == how)
        .count();
  }
}
