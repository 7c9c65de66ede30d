package io.pipelab.target;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Calls the embedded cloud, and tells at once why a call had no answer: nobody has to wait for, or
 * try again with, a process that is gone or stopped.
 */
final class EmbeddedCloudHttp implements SdkHttpClient {
  /** To look at the process costs a tenth of a small call: a load makes thousands of them. */
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final SdkHttpClient http;
  private final CloudState cloud;
  private final AtomicLong lastLook = new AtomicLong(System.nanoTime() - LOOK_EVERY_NANOS);

  EmbeddedCloudHttp(SdkHttpClient http, CloudState cloud) {
    this.http = http;
    this.cloud = cloud;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = http.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        if (isTimeToLook() && !cloud.alive()) {
          throw unusable(CloudEnd.duringUse(cloud));
        }
        try {
          return prepared.call();
        } catch (IOException e) {
          Optional<Failure> trouble = new CloudPulse(cloud).trouble();
          if (trouble.isPresent()) {
            throw unusable(trouble.get());
          }
          throw e;
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private boolean isTimeToLook() {
    long now = System.nanoTime();
    long last = lastLook.get();
    return now - last >= LOOK_EVERY_NANOS && lastLook.compareAndSet(last, now);
  }

  /** The SDK tries nothing again that is not an I/O error. */
  private static SdkClientException unusable(Failure failure) {
    return SdkClientException.create(failure.what(), failure);
  }

  @Override
  public String clientName() {
    return http.clientName();
  }

  @Override
  public void close() {
    http.close();
  }
}
