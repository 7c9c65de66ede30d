package io.pipelab.verify.check.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.verify.check.AbsurdAnswer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;

/**
 * One change of an alarm's state, from its history.
 *
 * @param datapoint the highest of the datapoints that the change was decided on
 */
public record AlarmTransition(Instant at, String from, String to, OptionalDouble datapoint) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The alarm's changes, the newest first. */
  static List<AlarmTransition> of(CloudWatchClient cloudWatch, String alarm) {
    return cloudWatch
        .describeAlarmHistoryPaginator(
            describe -> describe.alarmName(alarm).historyItemType(HistoryItemType.STATE_UPDATE))
        .alarmHistoryItems()
        .stream()
        .map(AlarmTransition::read)
        .sorted((one, other) -> other.at().compareTo(one.at()))
        .toList();
  }

  private static AlarmTransition read(AlarmHistoryItem item) {
    JsonNode data;
    try {
      data = JSON.readTree(item.historyData());
    } catch (JsonProcessingException e) {
      throw new AbsurdAnswer("an alarm's history that is not valid JSON: " + item.historyData(), e);
    }
    JsonNode newState = data.path("newState");
    JsonNode points = newState.path("stateReasonData").path("recentDatapoints");
    return new AlarmTransition(
        item.timestamp(),
        data.path("oldState").path("stateValue").asText(),
        newState.path("stateValue").asText(),
        StreamSupport.stream(points.spliterator(), false)
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .max());
  }
}
