package io.pipelab.verify.check.picture;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.Sent.StoredFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Of files that are not pictures of the lab by their folder or name, and of broken ones, nothing
 * was made; of the former the function was not even told.
 */
public record NothingMade(String bucket, OutputNames names, String logGroup) implements Check {
  public static final CheckType TYPE =
      CheckType.named("nothing-made")
          .needs("bucket", "logGroup")
          .needs(OutputNames.SETTINGS)
          .within(Duration.ofMinutes(1))
          .madeBy(
              settings ->
                  new NothingMade(
                      settings.text("bucket"),
                      OutputNames.of(settings),
                      settings.text("logGroup")));

  @Override
  public Observation look(CheckScope scope) {
    Optional<Sent.Files> sent = scope.filesIn(bucket);
    if (sent.isEmpty()) {
      return Observation.expect("nothing").skipped("nothing was uploaded");
    }
    PictureFolder folder = new PictureFolder(scope.clients().s3(), bucket);
    List<String> others = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Map<String, S3Object> objects = folder.below("");
    for (StoredFile file : sent.get().files()) {
      S3Object object = objects.get(file.key());
      if (!names.isPicture(file.key())) {
        others.add(file.key());
      } else if (object != null && folder.read(object).broken()) {
        broken.add(file.key());
      }
    }
    List<String> all = new ArrayList<>(others);
    all.addAll(broken);
    if (all.isEmpty()) {
      return Observation.expect("nothing of other files")
          .skipped("every file was a picture: 'pipelab upload' without FILE sends others, too");
    }
    Claim claim =
        Observation.expect("nothing in " + names.folder() + " of " + String.join(", ", all));
    List<String> wrong = new ArrayList<>();
    all.stream()
        .filter(key -> objects.containsKey(names.outputOf(key)))
        .forEach(key -> wrong.add("there is " + names.outputOf(key)));
    wrong.addAll(toldOf(scope, others, sent.get()));
    return claim.unless(wrong, "nothing, and its function was not notified of " + others.size());
  }

  private List<String> toldOf(CheckScope scope, List<String> others, Sent.Files sent) {
    List<String> lines =
        scope
            .clients()
            .logs()
            .filterLogEventsPaginator(
                filter -> filter.logGroupName(logGroup).startTime(sent.startedAt().toEpochMilli()))
            .events()
            .stream()
            .map(FilteredLogEvent::message)
            .toList();
    return others.stream()
        .filter(key -> lines.stream().anyMatch(line -> line.contains(bucket + "/" + key)))
        .map(key -> "its function was told of " + key)
        .toList();
  }
}
