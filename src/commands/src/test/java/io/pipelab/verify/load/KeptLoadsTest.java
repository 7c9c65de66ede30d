package io.pipelab.verify.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pipelab.verify.FakeAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

class KeptLoadsTest {
  private final Map<String, String> objects = new TreeMap<>();

  @Test
  void loadsComeBackOldestFirst() {
    LoadRecord first = load("z", "2026-01-01T00:00:00Z");
    LoadRecord second = load("a", "2026-01-01T00:10:00Z");
    Loads loads = new KeptLoads(new BucketStore(s3(), "bucket"), Births.UNKNOWN);
    assertEquals(List.of(), loads.all());

    loads.add(second);
    loads.add(first);

    assertEquals(List.of(first, second), loads.all());
  }

  @Test
  void whatElseWasSentComesBackAsItWas() {
    Instant began = Instant.parse("2026-01-01T00:00:00Z");
    Sent message = new Sent.Message("r1", "arn:topic", "m1", "Testing \"Hello\"", began);
    Sent files =
        new Sent.Files(
            "r1",
            "pictures",
            2,
            List.of(new Sent.StoredFile("ingest/red flower.jpg", 12, "etag")),
            began.plusSeconds(1),
            began.plusSeconds(3));
    SentLog log = new KeptSent(new BucketStore(s3(), "bucket"), Births.UNKNOWN);

    Sent drill =
        new Sent.Drill(
            "r1",
            "mapping-off",
            "http://q",
            Map.of("task", "4", "depth", "1"),
            began.plusSeconds(9));

    log.add(files);
    log.add(message);
    log.add(drill);

    assertEquals(List.of(message, files, drill), log.all());
  }

  private static LoadRecord load(String run, String start) {
    Instant began = Instant.parse(start);
    return new LoadRecord(run, "http://q", 502, 501, 1, 7, began, began.plusSeconds(9));
  }

  /** Bodies go past the request, so the other fake does not do. */
  private S3Client s3() {
    S3Client lists =
        new FakeAws()
            .on(
                ListObjectsV2Request.class,
                request ->
                    ListObjectsV2Response.builder()
                        .contents(
                            objects.keySet().stream()
                                .filter(key -> key.startsWith(request.prefix()))
                                .map(key -> S3Object.builder().key(key).build())
                                .toList())
                        .isTruncated(false)
                        .build())
            .s3();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (arguments[0] instanceof PutObjectRequest put) {
            objects.put(put.key(), text((RequestBody) arguments[1]));
            return PutObjectResponse.builder().build();
          }
          if (arguments[0] instanceof GetObjectRequest get) {
            byte[] bytes = objects.getOrDefault(get.key(), "").getBytes(StandardCharsets.UTF_8);
            return ResponseBytes.fromByteArray(GetObjectResponse.builder().build(), bytes);
          }
          if (arguments[0] instanceof ListObjectsV2Request list
              && !method.getName().endsWith("Paginator")) {
            return lists.listObjectsV2(list);
          }
          return InvocationHandler.invokeDefault(proxy, method, arguments);
        };
    return (S3Client)
        Proxy.newProxyInstance(
            S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, handler);
  }

  private static String text(RequestBody body) {
    try (var stream = body.contentStreamProvider().newStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
