package io.pipelab.verify.check.table;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * The function sent as many messages as each CSV file of the last upload has valid rows: its report
 * lines ({@code report s3://BUCKET/KEY: N rows, N sent ...}) against the files themselves.
 */
public record RowsQueued(
    String bucket, String suffix, List<String> columns, List<String> keys, String logGroup)
    implements Check {
  public static final CheckType TYPE =
      CheckType.named("rows-queued")
          .needs("bucket", "columns", "keys", "logGroup")
          .takes("suffix")
          .within(Duration.ofMinutes(15))
          .madeBy(
              settings ->
                  new RowsQueued(
                      settings.text("bucket"),
                      settings.textOr("suffix", ".csv"),
                      settings.texts("columns"),
                      settings.texts("keys"),
                      settings.text("logGroup")));

  @Override
  public Observation look(CheckScope scope) {
    Optional<Sent.Files> sent = scope.filesIn(bucket);
    if (sent.isEmpty()) {
      return Observation.expect("the rows of files as messages").skipped("nothing was uploaded");
    }
    List<CsvFile> files =
        sent.get().files().stream()
            .filter(file -> file.key().endsWith(suffix))
            .map(file -> CsvFile.in(scope.clients().s3(), bucket, file.key(), columns, keys))
            .toList();
    if (files.isEmpty()) {
      return Observation.expect("the rows of files as messages")
          .skipped("none of the uploaded files ends in " + suffix);
    }
    long rows = files.stream().mapToLong(file -> file.rows().size()).sum();
    Claim claim =
        Observation.expect(rows + " valid rows of " + files.size() + " files as messages");
    List<String> log;
    try {
      log = lines(scope, sent.get());
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no log group " + logGroup);
    }
    return judge(claim, files, log);
  }

  private Observation judge(Claim claim, List<CsvFile> files, List<String> log) {
    List<String> wrong = new ArrayList<>();
    long queued = 0;
    int reported = 0;
    for (CsvFile file : files) {
      OptionalLong count = sent(file.key(), log);
      if (count.isPresent()) {
        reported++;
        queued += count.getAsLong();
        if (count.getAsLong() != file.rows().size()) {
          wrong.add(
              file.key() + ": " + count.getAsLong() + " of " + file.rows().size() + " rows sent");
        }
      }
    }
    String actual = queued + " sent from " + reported + " files";
    if (!wrong.isEmpty()) {
      return claim.never(actual + "; " + String.join("; ", wrong));
    }
    return reported == files.size() ? claim.holds(actual) : claim.notYet(actual);
  }

  /** What the newest report of a file says. */
  private OptionalLong sent(String key, List<String> log) {
    Pattern report =
        Pattern.compile(
            "report s3://" + Pattern.quote(bucket + "/" + key) + ": \\d+ rows, (\\d+) sent.*",
            Pattern.DOTALL);
    OptionalLong newest = OptionalLong.empty();
    for (String line : log) {
      Matcher found = report.matcher(line);
      if (found.find()) {
        newest = OptionalLong.of(Long.parseLong(found.group(1)));
      }
    }
    return newest;
  }

  private List<String> lines(CheckScope scope, Sent.Files sent) {
    long since = sent.startedAt().toEpochMilli();
    return scope
        .clients()
        .logs()
        .filterLogEventsPaginator(filter -> filter.logGroupName(logGroup).startTime(since))
        .events()
        .stream()
        .map(FilteredLogEvent::message)
        .toList();
  }
}
