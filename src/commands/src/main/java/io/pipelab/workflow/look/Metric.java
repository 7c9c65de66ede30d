package io.pipelab.workflow.look;

import java.util.Map;

/**
 * A CloudWatch metric of one thing in a lab.
 *
 * @param of what it is about, as the user knows it: {@code queue jobs}
 * @param statistic which of CloudWatch's statistics tells most: Sum, Average, Maximum ...
 * @param note what more there is to say, for example an alarm's threshold; may be empty
 */
public record Metric(
    String of,
    String namespace,
    String name,
    Map<String, String> dimensions,
    String statistic,
    String note) {}
