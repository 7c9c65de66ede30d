package io.pipelab.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Puts files into a bucket, a few at a time, every file accounted for. */
public final class UploadFiles {
  private static final int CONCURRENCY = 4;

  private final S3Client s3;

  public UploadFiles(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * Uploads and returns when every file's fate is known; the SDK tries a file again that failed for
   * a moment. An interrupt ends it early: what was not tried is counted as unsent, and the thread's
   * interrupt flag is set.
   *
   * @param progress told how many files are done
   */
  public UploadResult send(
      String runId, String bucket, List<Upload> uploads, IntConsumer progress) {
    long start = System.nanoTime();
    Account account = new Account(progress);
    ExecutorService pool = Executors.newFixedThreadPool(CONCURRENCY, UploadFiles::daemon);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Upload upload : uploads) {
        running.add(pool.submit(() -> put(bucket, upload, account)));
      }
      await(running, pool);
    } finally {
      pool.shutdownNow();
    }
    return account.result(
        runId, bucket, uploads.size(), Duration.ofNanos(System.nanoTime() - start));
  }

  private void put(String bucket, Upload upload, Account account) {
    try {
      long bytes = Files.size(upload.file());
      PutObjectResponse answer =
          s3.putObject(
              put -> put.bucket(bucket).key(upload.key()).contentType(upload.contentType()),
              upload.file());
      account.stored(new UploadResult.Stored(upload.key(), bytes, answer.eTag().replace("\"", "")));
    } catch (AwsServiceException e) {
      String code = e.awsErrorDetails() == null ? "Refused" : e.awsErrorDetails().errorCode();
      account.failed(new UploadResult.Failed(upload.key(), code, words(e)));
    } catch (SdkException e) {
      account.failed(new UploadResult.Failed(upload.key(), "NoAnswer", words(e)));
    } catch (IOException | UncheckedIOException e) {
      account.failed(new UploadResult.Failed(upload.key(), "NotReadable", words(e)));
    }
  }

  private static String words(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static void await(List<Future<?>> running, ExecutorService pool) {
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "upload-files");
    thread.setDaemon(true);
    return thread;
  }

  /** Counts exactly, from several threads. */
  private static final class Account {
    private final IntConsumer progress;
    private final List<UploadResult.Stored> stored = new ArrayList<>();
    private final List<UploadResult.Failed> failures = new ArrayList<>();

    Account(IntConsumer progress) {
      this.progress = progress;
    }

    synchronized void stored(UploadResult.Stored file) {
      stored.add(file);
      progress.accept(stored.size() + failures.size());
    }

    synchronized void failed(UploadResult.Failed file) {
      failures.add(file);
      progress.accept(stored.size() + failures.size());
    }

    synchronized UploadResult result(String runId, String bucket, int asked, Duration elapsed) {
      return new UploadResult(
          runId,
          bucket,
          asked,
          stored.stream().sorted(Comparator.comparing(UploadResult.Stored::key)).toList(),
          failures.stream().sorted(Comparator.comparing(UploadResult.Failed::key)).toList(),
          asked - stored.size() - failures.size(),
          elapsed);
    }
  }
}
