package io.pipelab.functions.images;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.functions.images.PictureMessage.Ignored;
import io.pipelab.functions.images.PictureMessage.Picture;
import io.pipelab.functions.images.PictureMessage.Pictures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Works through the messages of an SQS event and answers those that failed, so that only they come
 * back ({@code ReportBatchItemFailures}); after their receives they end in the dead-letter queue.
 *
 * <p>A message may come more than once: the same picture then gives the same file once more.
 */
final class PictureQueue {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PictureStore store;
  private final Format format;
  private final Resizer resizer;
  private final SoonAgain soonAgain;

  PictureQueue(PictureStore store, Format format, Box size, SoonAgain soonAgain) {
    this.store = store;
    this.format = format;
    this.resizer = new Resizer(size);
    this.soonAgain = soonAgain;
  }

  /** With S3 and the size that the function's environment asks for. */
  static PictureQueue onLambda(Format format, Box usual) {
    // Nothing of a picture's way touches a screen or a disk.
    System.setProperty("java.awt.headless", "true");
    S3Client s3 = S3Client.builder().httpClient(UrlConnectionHttpClient.create()).build();
    return new PictureQueue(
        new PictureStore(s3),
        format,
        Box.from(System.getenv(), usual),
        SoonAgain.from(System.getenv()));
  }

  /**
   * Reads an SQS event and writes {@code {"batchItemFailures": [{"itemIdentifier": ID}...]}}.
   *
   * @throws IllegalArgumentException if the event is none of SQS
   */
  void handle(InputStream event, OutputStream answer, LambdaLogger log) throws IOException {
    JsonNode records = JSON.readTree(event).path("Records");
    if (records.isEmpty()) {
      throw new IllegalArgumentException("the event holds no SQS record");
    }
    Tally tally = new Tally();
    ObjectNode result = JSON.createObjectNode();
    ArrayNode failures = result.putArray("batchItemFailures");
    for (JsonNode each : records) {
      String id = each.path("messageId").asText();
      if (id.isEmpty()) {
        throw new IllegalArgumentException("the event is none of SQS: a record has no messageId");
      }
      if (!handle(id, PictureMessage.of(each.path("body").asText()), tally, log)) {
        soonAgain.comeBack(each.path("receiptHandle").asText(), log);
        failures.addObject().put("itemIdentifier", id);
      }
    }
    log.log("done: " + tally);
    JSON.writeValue(answer, result);
  }

  /** Whether the message is done with. */
  private boolean handle(String id, PictureMessage message, Tally tally, LambdaLogger log) {
    if (message instanceof Ignored ignored) {
      tally.ignored++;
      log.log("ignored message " + id + ": " + ignored.why());
      return true;
    }
    boolean all = true;
    for (Picture picture : ((Pictures) message).pictures()) {
      all &= store(id, picture, tally, log);
    }
    return all;
  }

  private boolean store(String id, Picture picture, Tally tally, LambdaLogger log) {
    String name = OneLine.of(picture.toString());
    try {
      Resizer.Smaller made = resizer.resize(store.read(picture));
      String key = format.keyOf(picture.key());
      store.write(new Picture(picture.bucket(), key), made.jpeg());
      tally.stored++;
      log.log("stored %s %s of %s %s".formatted(OneLine.of(key), made.size(), name, made.from()));
      return true;
    } catch (UnreadablePicture e) {
      log.log(
          "failed message " + id + ": " + name + ": " + OneLine.of(String.valueOf(e.getMessage())));
    } catch (SdkException e) {
      log.log("failed message " + id + ": " + name + ": " + words(e));
    }
    tally.failed++;
    return false;
  }

  private static String words(SdkException e) {
    return OneLine.of(
        e instanceof AwsServiceException aws && aws.awsErrorDetails() != null
            ? aws.awsErrorDetails().errorCode() + ": " + aws.awsErrorDetails().errorMessage()
            : String.valueOf(e.getMessage()));
  }

  /** Counts one invocation: pictures stored, messages ignored, pictures failed. */
  private static final class Tally {
    private int stored;
    private int ignored;
    private int failed;

    @Override
    public String toString() {
      return "stored " + stored + ", ignored " + ignored + ", failed " + failed;
    }
  }
}
