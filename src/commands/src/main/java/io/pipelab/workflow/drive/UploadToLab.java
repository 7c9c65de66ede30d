package io.pipelab.workflow.drive;

import io.pipelab.drive.UploadFiles;
import io.pipelab.drive.UploadResult;
import io.pipelab.lab.SettingNames;
import io.pipelab.target.Failure;
import io.pipelab.target.TargetTime;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.SentLog;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.LabInstance;
import io.pipelab.workflow.step.Progress;
import java.time.Instant;
import java.util.Optional;

/** Puts files into the lab's bucket, and remembers what was sent for {@code verify}. */
public final class UploadToLab implements DriveStep<UploadResult> {
  public static final DriveAction<UploadSettings> ACTION =
      new DriveAction<>(
          "upload",
          SettingNames.NONE.needs("bucket").takes("folder"),
          UploadSettings::samples,
          UploadToLab::new);

  private final LabInstance instance;
  private final UploadSettings settings;
  private final String runId;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<UploadResult> result = Optional.empty();

  public UploadToLab(UploadSettings settings, Driven on) {
    this.instance = on.instance();
    this.settings = settings;
    this.runId = on.runId();
    this.cloud = on.cloud();
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Upload " + settings.files().size() + " files";
  }

  @Override
  public UploadResult result() {
    return result.orElseThrow();
  }

  @Override
  public void requireAll() {
    UploadResult upload = result();
    if (!upload.complete()) {
      throw new Failure(
          Failure.Kind.NOT_ALL_SENT,
          (upload.asked() - upload.stored().size())
              + " of "
              + upload.asked()
              + " files were not uploaded",
          upload.failures().isEmpty()
              ? null
              : upload.failures().get(0).code() + ": " + upload.failures().get(0).reason(),
          "send them again: 'pipelab upload " + instance.asArguments() + "' with their names");
    }
  }

  @Override
  public void run(Progress progress) {
    String bucket = bindings.references().resolve(settings.bucket());
    SentLog log = LabLoads.sent(cloud, bindings);
    Instant started = now();
    progress.underway("nothing was uploaded yet, and the lab stays up", instance.removal());
    UploadResult sent =
        new UploadFiles(cloud.clients().s3())
            .send(
                runId,
                bucket,
                settings.files(),
                done -> progress.on(new Progress.Counted("files", done, settings.files().size())));
    result = Optional.of(sent);
    boolean interrupted = Thread.interrupted();
    if (!sent.stored().isEmpty()) {
      log.add(record(sent, started));
    }
    if (interrupted) {
      progress.underway(
          "%d of %d files were uploaded (run %s); the others were not"
              .formatted(sent.stored().size(), sent.asked(), runId),
          "'pipelab verify %s' counts with those that were sent, %s"
              .formatted(instance.asArguments(), instance.removal()));
      Thread.currentThread().interrupt();
    }
  }

  private Sent.Files record(UploadResult sent, Instant started) {
    return new Sent.Files(
        runId,
        sent.bucket(),
        sent.asked(),
        sent.stored().stream()
            .map(file -> new Sent.StoredFile(file.key(), file.bytes(), file.etag()))
            .toList(),
        started,
        now());
  }

  private Instant now() {
    return new TargetTime(cloud.clients()).now();
  }
}
