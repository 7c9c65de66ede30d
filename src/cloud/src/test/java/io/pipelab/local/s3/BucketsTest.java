package io.pipelab.local.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.kernel.AwsError;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"ab", "No_Good", "-a-", "a..b", "192.168.0.1", "xn--abc", "x-s3alias"})
  void badNamesAreRefused(String name) {
    Buckets buckets = new Buckets(new Blobs(directory));
    AwsError error = assertThrows(AwsError.class, () -> buckets.create(name, Instant.EPOCH));
    assertEquals("InvalidBucketName", error.code());
  }

  @Test
  void namesAreTakenOnce() {
    Buckets buckets = new Buckets(new Blobs(directory));
    assertNotNull(buckets.create("my.bucket-1", Instant.EPOCH));
    assertNull(buckets.create("my.bucket-1", Instant.EPOCH));
  }
}
