package io.pipelab.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class UploadFilesTest {
  @TempDir Path folder;

  private final Map<String, String> bucket = new ConcurrentSkipListMap<>();

  @Test
  void everyFileIsAccountedFor() throws IOException {
    List<Upload> uploads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      uploads.add(upload("file" + i + ".jpg", "ingest/" + i + ".jpg"));
    }
    uploads.add(upload("refused.jpg", "refused/x.jpg"));
    uploads.add(new Upload(folder.resolve("gone.jpg"), "ingest/gone.jpg", "image/jpeg"));

    UploadResult result =
        new UploadFiles(new Bucket()).send("run", "pictures", uploads, done -> {});

    assertEquals(22, result.asked());
    assertEquals(20, result.stored().size());
    assertEquals(0, result.unsent());
    assertFalse(result.complete());
    assertEquals(20 * 4, result.bytes());
    assertEquals("etag", result.stored().get(0).etag());
    assertEquals(
        List.of("ingest/gone.jpg", "refused/x.jpg"),
        result.failures().stream().map(UploadResult.Failed::key).toList());
    assertEquals("AccessDenied", result.failures().get(1).code());
    assertEquals("image/jpeg", bucket.get("ingest/0.jpg"));
  }

  @Test
  void anInterruptLeavesTheRestUnsent() throws IOException {
    List<Upload> uploads = List.of(upload("a.jpg", "ingest/a.jpg"), upload("b.jpg", "ingest/b"));
    Thread.currentThread().interrupt();

    UploadResult result =
        new UploadFiles(new Bucket()).send("run", "pictures", uploads, done -> {});

    assertTrue(Thread.interrupted(), "the flag is kept");
    assertEquals(2, result.stored().size() + result.failures().size() + result.unsent());
  }

  private Upload upload(String name, String key) throws IOException {
    return new Upload(Files.writeString(folder.resolve(name), "data"), key, "image/jpeg");
  }

  private final class Bucket implements S3Client {
    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      if (request.key().startsWith("refused/")) {
        throw S3Exception.builder()
            .statusCode(403)
            .message("no")
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDenied").build())
            .build();
      }
      bucket.put(request.key(), request.contentType());
      return PutObjectResponse.builder().eTag("\"etag\"").build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}
