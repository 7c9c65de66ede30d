package io.pipelab.workflow.look;

import java.time.Instant;

/**
 * One event of CloudWatch Logs.
 *
 * @param id the event's id, one of its kind in the log group
 * @param text the message; may have several lines
 */
public record LogLine(Instant time, String group, String stream, String id, String text) {}
