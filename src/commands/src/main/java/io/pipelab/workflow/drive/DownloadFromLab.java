package io.pipelab.workflow.drive;

import io.pipelab.drive.DownloadObjects;
import io.pipelab.drive.DownloadObjects.Fetched;
import io.pipelab.target.Failure;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import io.pipelab.workflow.step.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fetches the originals and the outputs of a lab from its bucket. */
public final class DownloadFromLab implements Step {
  /** The page that shows them. */
  public static final Path PAGE = Path.of("index.html");

  private final String bucketReference;
  private final Path folder;
  private final Cloud cloud;
  private final Bindings bindings;
  private List<Fetched> fetched = List.of();
  private String bucket = "";

  public DownloadFromLab(String bucketReference, Path folder, Cloud cloud, Bindings bindings) {
    this.bucketReference = bucketReference;
    this.folder = folder;
    this.cloud = cloud;
    this.bindings = bindings;
  }

  @Override
  public String title() {
    return "Download into " + folder;
  }

  /** What was fetched; to be asked after {@link #run}. */
  public Download result() {
    return new Download(bucket, folder, fetched);
  }

  /** What came of a download. */
  public record Download(String bucket, Path folder, List<Fetched> files) {}

  @Override
  public void run(Progress progress) {
    bucket = bindings.references().resolve(bucketReference);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Failure.usage(folder + " is not a folder", "name a folder; created if missing");
    }
    try {
      Files.createDirectories(folder);
      fetched =
          new DownloadObjects(cloud.clients().s3(), PAGE)
              .fetch(
                  bucket,
                  folder,
                  done ->
                      progress.underway(
                          done + " files are in " + folder, "download again: it begins anew"));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "the files cannot be written into " + folder,
          e.toString(),
          "name another folder",
          e);
    }
  }
}
