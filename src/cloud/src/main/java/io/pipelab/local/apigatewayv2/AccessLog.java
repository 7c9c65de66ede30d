package io.pipelab.local.apigatewayv2;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.LogSink;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigatewayv2.model.AccessLogSettings;

/** A line a call, in the format that a stage asks for, to the log group that it names. */
final class AccessLog {
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());
  private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z0-9_.\\-]+)");
  private static final String GROUP = "log-group:";

  private final LogSink logs;

  AccessLog(LogSink logs) {
    this.logs = logs;
  }

  /**
   * Refuses settings that log nothing.
   *
   * @throws AwsError BadRequestException; NotImplemented for delivery streams
   */
  static void check(AccessLogSettings settings) {
    String arn = settings.destinationArn() == null ? "" : settings.destinationArn();
    String format = settings.format() == null ? "" : settings.format();
    if (arn.contains(":firehose:")) {
      throw AwsError.notImplemented("access logs to Firehose");
    }
    if (!arn.contains(":logs:") || !arn.contains(":" + GROUP)) {
      throw Refusal.badRequest(
          "Invalid ARN specified in the request. ARNs must start with 'arn:' and include at least"
              + " 6 parts separated by colons (:). The destination must be a log group.");
    }
    if (!format.contains("$context.requestId") && !format.contains("$context.extendedRequestId")) {
      throw Refusal.badRequest(
          "Invalid format: it must contain at least $context.requestId or"
              + " $context.extendedRequestId");
    }
  }

  /** Writes the call's line, when its stage logs. */
  void write(CallContext context) {
    AccessLogSettings settings = context.stage.accessLogSettings();
    if (settings == null || settings.destinationArn() == null || settings.format() == null) {
      return;
    }
    String resource = Arn.parse(settings.destinationArn()).resource();
    String group = resource.substring(GROUP.length()).replaceFirst(":\\*$", "");
    try {
      String stream = context.apiId + "/" + context.stage.stageName().replace("$", "");
      logs.append(group, stream, List.of(line(settings.format(), context)));
    } catch (AwsError e) {
      // As on AWS: a group that is gone does not fail the calls.
      LOG.log(Level.WARNING, "no access log of API " + context.apiId + ": " + e.getMessage());
    }
  }

  /** The format with its variables; those that are not known are a dash. */
  static String line(String format, CallContext context) {
    boolean json = format.stripLeading().startsWith("{");
    StringBuilder line = new StringBuilder();
    Matcher found = VARIABLE.matcher(format);
    int from = 0;
    while (found.find()) {
      String value = context.get(found.group(1));
      line.append(format, from, found.start());
      if (value == null || value.isEmpty()) {
        line.append('-');
      } else if (json) {
        line.append(JsonStringEncoder.getInstance().quoteAsString(value));
      } else {
        line.append(value);
      }
      from = found.end();
    }
    return line.append(format.substring(from)).toString();
  }
}
