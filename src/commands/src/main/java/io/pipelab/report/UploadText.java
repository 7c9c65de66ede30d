package io.pipelab.report;

import io.pipelab.drive.UploadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an upload came to, as lines and as JSON. */
public final class UploadText {
  private static final int MOST_NAMED = 20;

  private UploadText() {}

  /** The files, the totals, and a line for each file that was not taken. */
  public static List<String> lines(UploadResult result) {
    List<String> lines = new ArrayList<>();
    result.stored().stream()
        .limit(MOST_NAMED)
        .forEach(file -> lines.add("  s3://" + result.bucket() + "/" + file.key()));
    if (result.stored().size() > MOST_NAMED) {
      lines.add("  and " + (result.stored().size() - MOST_NAMED) + " others");
    }
    lines.add(
        "uploaded %d of %d files, %d bytes, in %s (run %s)"
            .formatted(
                result.stored().size(),
                result.asked(),
                result.bytes(),
                Seconds.text(seconds(result)),
                result.runId()));
    if (!result.complete()) {
      lines.add("failed %d, not tried %d".formatted(result.failures().size(), result.unsent()));
    }
    result
        .failures()
        .forEach(
            file ->
                lines.add(
                    "  failed: %s: %s, %s".formatted(file.key(), file.code(), file.reason())));
    return lines;
  }

  /** One document. */
  public static Map<String, Object> json(UploadResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "pipelab.upload/1");
    json.put("run", result.runId());
    json.put("bucket", result.bucket());
    json.put("asked", result.asked());
    json.put("sent", result.stored().size());
    json.put("failed", result.failures().size());
    json.put("unsent", result.unsent());
    json.put("bytes", result.bytes());
    json.put("seconds", seconds(result));
    json.put("files", result.stored().stream().map(UploadText::json).toList());
    json.put("failures", result.failures().stream().map(UploadText::json).toList());
    return json;
  }

  private static Map<String, Object> json(UploadResult.Stored file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", file.key());
    json.put("bytes", file.bytes());
    json.put("etag", file.etag());
    return json;
  }

  private static Map<String, Object> json(UploadResult.Failed file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", file.key());
    json.put("code", file.code());
    json.put("reason", file.reason());
    return json;
  }

  private static double seconds(UploadResult result) {
    return result.elapsed().toMillis() / 1000.0;
  }
}
