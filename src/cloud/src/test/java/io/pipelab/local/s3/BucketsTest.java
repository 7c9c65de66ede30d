package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class BucketsTest {
  @TempDir Path directory;

  private final ExecutorService clients = Executors.newFixedThreadPool(4);
  private Buckets buckets;
  private UploadActions uploads;

  @BeforeEach
  void start() {
    buckets = new Buckets(new Blobs(directory));
    uploads =
        new UploadActions(
            new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:1")),
            Clock.systemUTC(),
            buckets,
            new EventSource(new ManualClock()));
  }

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "No_Good", "-a-", "a..b", "192.168.0.1", "xn--abc", "x-s3alias"})
  void badNamesAreRefused(String name) {
    AwsError error = assertThrows(AwsError.class, () -> buckets.create(name, Instant.EPOCH));
    assertEquals("InvalidBucketName", error.code());
  }

  @Test
  void namesAreTakenOnce() {
    assertNotNull(buckets.create("my.bucket-1", Instant.EPOCH));
    assertNull(buckets.create("my.bucket-1", Instant.EPOCH));
  }

  @Test
  void anObjectThatIsOpenCanBeReadToItsEndWhateverBecomesOfIt() throws IOException {
    Bucket bucket = bucket("b");
    put(bucket, "k", "first");
    try (OpenObject open = bucket.open("k", null)) {
      put(bucket, "k", "second");
      bucket.delete("k", null, Instant.EPOCH);
      assertEquals("first", text(open.bytes()));
    }
  }

  @Test
  void whoReadsWhileOthersOverwriteReadsOneOfTheObjectsWhole() throws Exception {
    Bucket bucket = bucket("b");
    put(bucket, "k", "0".repeat(100));
    Callable<Integer> writer =
        () -> {
          for (int i = 0; i < 500; i++) {
            put(bucket, "k", String.valueOf(i % 10).repeat(100));
          }
          return 0;
        };
    Callable<Integer> reader =
        () -> {
          int bad = 0;
          for (int i = 0; i < 1500; i++) {
            try (OpenObject open = bucket.open("k", null)) {
              String read = text(open.bytes());
              bad += read.equals(read.substring(0, 1).repeat(100)) ? 0 : 1;
            }
          }
          return bad;
        };
    assertEquals(List.of(0, 0, 0, 0), atOnce(List.of(writer, writer, reader, reader)));
    assertEquals(1, files());
  }

  @Test
  void whatIsPutIntoABucketThatIsBeingDeletedIsKeptOrRefused() throws Exception {
    for (int round = 0; round < 500; round++) {
      Bucket bucket = bucket("b");
      Callable<String> put = () -> outcome(() -> put(bucket, "k", "x"));
      Callable<String> begin = () -> outcome(() -> part(bucket));
      Callable<String> delete = () -> outcome(() -> buckets.delete("b-bucket"));
      List<String> outcomes = atOnce(List.of(put, begin, delete));
      if (outcomes.get(2).equals("done")) {
        assertEquals("NoSuchBucket", outcomes.get(0));
        assertEquals(0, files(), "parts and objects of a bucket that is gone");
      } else {
        assertEquals("BucketNotEmpty", outcomes.get(2));
        assertEquals("done", outcomes.get(0));
        bucket.delete("k", null, Instant.EPOCH);
        buckets.delete("b-bucket");
        assertEquals(0, files(), "parts of a bucket that is gone");
      }
    }
  }

  @Test
  void anUploadEndsOnceAndLeavesNoPartBehind() throws Exception {
    for (int round = 0; round < 500; round++) {
      Bucket bucket = bucket("b");
      MultipartUpload upload = part(bucket);
      Callable<String> late = () -> outcome(() -> addPart(upload, 2));
      Callable<String> end = () -> outcome(() -> bucket.end(upload));
      List<String> outcomes = atOnce(List.of(late, end, end));
      assertEquals(
          List.of("NoSuchUpload", "done"), outcomes.subList(1, 3).stream().sorted().toList());
      assertEquals(0, files(), outcomes.get(0));
      buckets.delete("b-bucket");
    }
  }

  /** Something that may be refused. */
  private interface Step {
    void run() throws IOException;
  }

  private static String outcome(Step step) throws IOException {
    try {
      step.run();
      return "done";
    } catch (AwsError e) {
      return e.code();
    }
  }

  private <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier together = new CyclicBarrier(calls.size());
    List<Callable<T>> started = new ArrayList<>();
    for (Callable<T> each : calls) {
      started.add(
          () -> {
            together.await();
            return each.call();
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : clients.invokeAll(started)) {
      results.add(each.get());
    }
    return results;
  }

  private Bucket bucket(String name) {
    return Objects.requireNonNull(buckets.create(name + "-bucket", Instant.EPOCH));
  }

  private void put(Bucket bucket, String key, String text) throws IOException {
    Blob blob = store(text);
    ObjectHeaders headers = ObjectHeaders.of(PutObjectRequest.builder().build());
    bucket.put(
        key,
        new StoredObject(blob, blob.md5(), headers, null, List.of(), Map.of()),
        Instant.EPOCH,
        current -> {});
  }

  private MultipartUpload part(Bucket bucket) throws IOException {
    MultipartUpload upload =
        MultipartUpload.start(
            "upload",
            "k",
            Instant.EPOCH,
            ObjectHeaders.of(PutObjectRequest.builder().build()),
            Map.of(),
            ChecksumAlgorithm.CRC32,
            ChecksumType.COMPOSITE,
            false);
    bucket.begin(upload);
    addPart(upload, 1);
    return upload;
  }

  private void addPart(MultipartUpload upload, int number) throws IOException {
    uploads.add(
        upload,
        number,
        store("part"),
        new ObjectChecksum(ChecksumAlgorithm.CRC32, "", ChecksumType.FULL_OBJECT));
  }

  private Blob store(String text) throws IOException {
    InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return buckets.blobs().store(bytes, Digests.of(ChecksumAlgorithm.CRC32));
  }

  private static String text(InputStream bytes) throws IOException {
    return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
  }

  private int files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.count();
    }
  }
}
