package io.pipelab.verify.check.bucket;

import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.Sent.StoredFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket holds every file of the last upload, byte for byte. */
public record FilesUploaded(String bucket) implements Check {
  public static final CheckType TYPE =
      CheckType.named("files-uploaded")
          .needs("bucket")
          .madeBy(settings -> new FilesUploaded(settings.text("bucket")));

  @Override
  public Observation look(CheckScope scope) {
    Optional<Sent.Files> sent = scope.filesIn(bucket);
    if (sent.isEmpty()) {
      return Observation.expect("uploaded files").skipped("nothing was uploaded");
    }
    Sent.Files files = sent.get();
    Claim claim = Observation.expect(files.asked() + " files in s3://" + bucket);
    if (files.files().size() != files.asked()) {
      return claim.never(
          "the bucket took " + files.files().size() + " of " + files.asked() + ", says upload");
    }
    Map<String, S3Object> has = new HashMap<>();
    try {
      scope.clients().s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
          .forEach(object -> has.put(object.key(), object));
    } catch (NoSuchBucketException e) {
      return claim.lacks("there is no bucket " + bucket);
    }
    List<String> wrong = new ArrayList<>();
    for (StoredFile file : files.files()) {
      S3Object object = has.get(file.key());
      if (object == null) {
        wrong.add(file.key() + " is not there");
      } else if (object.size() != file.bytes() || !object.eTag().contains(file.etag())) {
        wrong.add(file.key() + " is another file now");
      }
    }
    return claim.unless(wrong, files.files().size() + " files, byte for byte");
  }
}
