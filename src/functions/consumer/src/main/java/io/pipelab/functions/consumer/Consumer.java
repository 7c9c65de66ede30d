package io.pipelab.functions.consumer;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The container's program: takes numbers from a queue, works on each, and writes it to a table.
 *
 * <p>Exit code 0 when the queue stayed empty or a stop was asked for, 1 when it cannot go on or
 * could not store anything, 2 when its environment is wrong.
 */
public final class Consumer {
  /** Below ECS's default stop timeout of 30 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final int RUNNING = -1;
  private static final int LONGEST_LINE = 400;

  private Consumer() {}

  /** Takes everything from the environment: see {@link Settings}. */
  public static void main(String[] args) {
    System.exit(run(System.out));
  }

  private static int run(PrintStream log) {
    // The SDK logs through SLF4J; without a provider that says so on every start.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Settings settings;
    try {
      settings = Settings.of(System.getenv());
    } catch (IllegalArgumentException e) {
      log.println("consumer: " + e.getMessage());
      return 2;
    }
    log.println(
        "consumer on "
            + settings.host()
            + ": "
            + settings.queueUrl()
            + " -> table "
            + settings.tableName());
    try (var http = ApacheHttpClient.create();
        var sqs = SqsClient.builder().httpClient(http).build();
        var dynamoDb = DynamoDbClient.builder().httpClient(http).build()) {
      StopRequest stop = new StopRequest();
      PollLoop loop =
          new PollLoop(
              sqs,
              dynamoDb,
              settings,
              message -> Thread.sleep(settings.processing().toMillis()),
              Clock.systemUTC(),
              stop,
              log);
      AtomicInteger exitCode = new AtomicInteger(RUNNING);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> onShutdown(stop, loop, exitCode.get(), log), "stop"));
      exitCode.set(drain(loop, stop, log));
      return exitCode.get();
    } catch (SdkException e) {
      log.println("consumer: " + oneLine(e));
      return 1;
    }
  }

  /** Runs the loop to its end and says how it ended; returns the exit code. */
  static int drain(PollLoop loop, StopRequest stop, PrintStream log) {
    try {
      Totals totals = loop.run();
      if (!stop.isRequested()) {
        log.println("done: " + totals);
      }
      return totals.stored() == 0 && totals.failed() > 0 ? 1 : 0;
    } catch (SdkException e) {
      log.println("consumer: " + oneLine(e));
      log.println("given up: " + loop.totals());
      return 1;
    }
  }

  /** The JVM's own answer to SIGTERM is 143; a consumer that finished its message ended well. */
  private static void onShutdown(StopRequest stop, PollLoop loop, int exitCode, PrintStream log) {
    if (exitCode != RUNNING) {
      return;
    }
    boolean finished = false;
    try {
      finished = stop.request(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.println("stopped: " + loop.totals());
    log.flush();
    Runtime.getRuntime().halt(finished ? 0 : 1);
  }

  /** An error as one line: AWS's code and words where it came from AWS. */
  static String oneLine(SdkException e) {
    String text =
        e instanceof AwsServiceException aws && aws.awsErrorDetails() != null
            ? aws.awsErrorDetails().errorCode() + ": " + aws.awsErrorDetails().errorMessage()
            : String.valueOf(e.getMessage());
    String line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
  }
}
