package io.pipelab.workflow.drive;

import io.pipelab.drive.Upload;
import io.pipelab.lab.Lab;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files go where.
 *
 * @param bucket reference to the bucket's name
 */
public record UploadSettings(String bucket, List<Upload> files) {
  /** No lab works on anything larger; one request of S3 takes 5 GB. */
  private static final long MOST_BYTES = 100_000_000;

  private static final int LONGEST_KEY = 1024;

  /** Samples for functions, not for the bucket: {@code s3-event.json} beside the folders. */
  private static final Pattern EVENT = Pattern.compile("[^/]*-event\\.json");

  private static final Map<String, String> TYPES =
      Map.of(
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "png", "image/png",
          "gif", "image/gif",
          "csv", "text/csv",
          "txt", "text/plain; charset=utf-8",
          "json", "application/json");

  /**
   * What goes into a lab's bucket.
   *
   * @param files a user's own; none for the lab's samples
   * @param samples the folder of the lab's samples
   */
  public static UploadSettings of(Lab lab, List<Path> files, Path samples) {
    Settings with = UploadToLab.ACTION.settings(lab, "no bucket for files");
    return files.isEmpty() ? samples(with, samples) : of(with, files);
  }

  /**
   * A lab's samples: each goes where it lies in the samples' folder.
   *
   * @throws Failure of kind USAGE when the lab has no bucket for files, or no samples
   */
  static UploadSettings samples(Settings with, Path folder) {
    List<Upload> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String key = folder.relativize(path).toString().replace('\\', '/');
        if (!key.equals("README.md") && !key.startsWith(".") && !EVENT.matcher(key).matches()) {
          files.add(upload(path, key));
        }
      }
    } catch (IOException e) {
      throw Failure.usage("there are no samples in " + folder, "name files");
    } catch (UncheckedIOException e) {
      throw Failure.usage("the samples in " + folder + " cannot be read", "name files");
    }
    return new UploadSettings(with.text("bucket"), files);
  }

  /**
   * A user's own files: each goes into the lab's folder for new files, under its own name.
   *
   * @throws Failure of kind USAGE when one is not a file, too large, or two have the same name
   */
  static UploadSettings of(Settings with, List<Path> files) {
    String folder = with.textOr("folder", "");
    List<Upload> uploads = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Path file : files) {
      Path name = file.getFileName();
      String key = folder + (name == null ? "" : name);
      if (!Files.isRegularFile(file)) {
        throw Failure.usage(
            file + (Files.exists(file) ? " is not a file" : " is not there"),
            "name files, not folders");
      }
      if (!keys.add(key)) {
        throw Failure.usage(
            "two of the files would be " + key + " in the bucket", "upload them one by one");
      }
      uploads.add(upload(file, key));
    }
    return new UploadSettings(with.text("bucket"), uploads);
  }

  private static Upload upload(Path file, String key) {
    try {
      long bytes = Files.size(file);
      if (bytes > MOST_BYTES) {
        throw Failure.usage(
            "%s has %d bytes, more than %d MB".formatted(file, bytes, MOST_BYTES / 1_000_000),
            "no lab works on a file of that size");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!Files.isReadable(file)) {
      throw Failure.usage(file + " cannot be read", "check its permissions");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw Failure.usage("the name of " + file + " is too long for S3", null);
    }
    return new Upload(file, key, contentType(key));
  }

  private static String contentType(String key) {
    String ending = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }
}
