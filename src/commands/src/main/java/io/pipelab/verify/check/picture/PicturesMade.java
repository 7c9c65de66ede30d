package io.pipelab.verify.check.picture;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Of every picture in a bucket there is one output: a JPEG file of the exact size. Whoever put the
 * picture there.
 */
public record PicturesMade(String bucket, OutputNames names, long width, long height)
    implements Check {
  private static final int MOST_NAMED = 3;

  public static final CheckType TYPE =
      CheckType.named("pictures-made")
          .needs("bucket", "width", "height")
          .needs(OutputNames.SETTINGS)
          .within(Duration.ofMinutes(10))
          .madeBy(
              settings ->
                  new PicturesMade(
                      settings.text("bucket"),
                      OutputNames.of(settings),
                      settings.number("width"),
                      settings.number("height")));

  @Override
  public Observation look(CheckScope scope) {
    PictureFolder folder = new PictureFolder(scope.clients().s3(), bucket);
    Map<S3Object, JpegFile> pictures = new TreeMap<>(Comparator.comparing(S3Object::key));
    try {
      folder
          .below(names.ingest())
          .forEach(
              (key, object) -> {
                JpegFile file = names.isPicture(key) ? folder.read(object) : JpegFile.BROKEN;
                if (!file.broken()) {
                  pictures.put(object, file);
                }
              });
    } catch (NoSuchBucketException e) {
      return Observation.expect("pictures").lacks("there is no bucket " + bucket);
    }
    if (pictures.isEmpty()) {
      return Observation.expect("pictures").skipped("there is no picture in " + names.ingest());
    }
    Claim claim =
        Observation.expect(
            "%d in s3://%s/%s, each in its shape within %dx%d"
                .formatted(pictures.size(), bucket, names.folder(), width, height));
    return judge(claim, pictures, folder);
  }

  private Observation judge(Claim claim, Map<S3Object, JpegFile> pictures, PictureFolder folder) {
    Map<String, S3Object> outputs = folder.below(names.folder());
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    pictures.forEach(
        (picture, file) -> {
          String key = names.outputOf(picture.key());
          S3Object output = outputs.get(key);
          // One that is older than the picture was made of the picture before it.
          if (output == null || output.lastModified().isBefore(picture.lastModified())) {
            missing.add(picture.key());
          } else {
            JpegFile made = folder.read(output);
            JpegFile expected = file.within(width, height);
            if (!made.equals(expected)) {
              wrong.add(key + " is " + made + ", not " + expected);
            }
          }
        });
    if (!wrong.isEmpty()) {
      return claim.never(some(wrong));
    }
    int made = pictures.size() - missing.size();
    return missing.isEmpty()
        ? claim.holds(made + " in s3://" + bucket + "/" + names.folder() + ", of the exact sizes")
        : claim.notYet(made + " of " + pictures.size() + ", none of " + some(missing));
  }

  private static String some(List<String> all) {
    String first = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
    int others = all.size() - MOST_NAMED;
    return others > 0 ? first + " and " + others + " others" : first;
  }
}
