package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.LogSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Log groups in memory. */
public final class RecordedLogs implements LogSink {
  private final Map<String, Map<String, List<String>>> groups = new LinkedHashMap<>();

  @Override
  public synchronized void ensureGroup(String group) {
    groups.computeIfAbsent(group, name -> new LinkedHashMap<>());
  }

  @Override
  public synchronized void append(String group, String stream, List<String> lines) {
    Map<String, List<String>> streams = groups.get(group);
    if (streams == null) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    streams.computeIfAbsent(stream, name -> new ArrayList<>()).addAll(lines);
  }

  /** Deletes a group. */
  public synchronized void delete(String group) {
    groups.remove(group);
  }

  /** The names of a group's streams. */
  public synchronized List<String> streams(String group) {
    return List.copyOf(groups.getOrDefault(group, Map.of()).keySet());
  }

  /** All events of a group, stream after stream. */
  public synchronized List<String> events(String group) {
    List<String> all = new ArrayList<>();
    groups.getOrDefault(group, Map.of()).values().forEach(all::addAll);
    return all;
  }
}
