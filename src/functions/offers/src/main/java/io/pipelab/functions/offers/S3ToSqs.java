package io.pipelab.functions.offers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Lambda handler {@code s3_to_sqs_lambda} of the lab {@code job-offers}: each row of a CSV file
 * that was uploaded becomes a message.
 *
 * <p>The file is read as a stream. What is wrong with it is told in one line of the log, {@code
 * report s3://...}, and does not fail the invocation, because another attempt would read the same
 * file; a queue or bucket that does not answer does fail it.
 */
public final class S3ToSqs implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final SqsClient sqs;
  private final String queueUrl;
  private final LongConsumer pause;

  /**
   * The clients are built here and not on the first event, so that a SnapStart snapshot holds them.
   */
  public S3ToSqs() {
    this(
        S3Client.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        Environment.required("QUEUE_URL"),
        QueueBatches::sleep);
  }

  S3ToSqs(S3Client s3, SqsClient sqs, String queueUrl, LongConsumer pause) {
    this.pause = pause;
    this.s3 = s3;
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * Reads an S3 notification and answers {@code {"files": [{"file", "sent", "rejected"}]}}.
   *
   * @throws IllegalArgumentException if the event is none of S3
   * @throws IllegalStateException if the queue did not take a message after all attempts
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    JsonNode notification = JSON.readTree(event);
    LambdaLogger log = context.getLogger();
    if (notification.path("Event").asText().equals("s3:TestEvent")) {
      log.log("S3 asked whether the function is there");
      return;
    }
    if (notification.path("Records").isEmpty()) {
      throw new IllegalArgumentException("the event holds no S3 record");
    }
    ObjectNode result = JSON.createObjectNode();
    ArrayNode files = result.putArray("files");
    for (JsonNode record : notification.path("Records")) {
      JsonNode object = record.path("s3");
      String bucket = object.path("bucket").path("name").asText();
      if (bucket.isEmpty()) {
        throw new IllegalArgumentException("the event is none of S3: a record has no bucket");
      }
      FileReport report = send(bucket, key(object), object.path("object").path("versionId"));
      log.log(report.toString());
      files
          .addObject()
          .put("file", "s3://" + bucket + "/" + key(object))
          .put("sent", report.sent())
          .put("rejected", report.rejected());
    }
    JSON.writeValue(answer, result);
  }

  /** Keys come as forms have them: a plus sign is a space. */
  private static String key(JsonNode object) {
    return URLDecoder.decode(object.path("object").path("key").asText(), StandardCharsets.UTF_8);
  }

  private FileReport send(String bucket, String key, JsonNode version) throws IOException {
    FileReport report = new FileReport("s3://" + bucket + "/" + key);
    QueueBatches batches = new QueueBatches(sqs, queueUrl, pause);
    String versionId = version.isTextual() ? version.textValue() : null;
    try (InputStream file = s3.getObject(r -> r.bucket(bucket).key(key).versionId(versionId))) {
      OfferRows.read(file, new Rows(report, batches));
    }
    report.sent(batches.flush());
    return report;
  }

  /** What happens to each row. */
  private record Rows(FileReport report, QueueBatches batches) implements OfferRows.Sink {
    @Override
    public void offer(long line, Offer offer) {
      String body = offer.json();
      if (QueueBatches.size(body) > QueueBatches.MOST_BYTES) {
        rejected(line, "more than " + QueueBatches.MOST_BYTES + " bytes");
      } else {
        report.sent(batches.add(body));
      }
    }

    @Override
    public void rejected(long line, String reason) {
      report.rejected(line, reason);
    }

    @Override
    public void broken(String reason) {
      report.broken(reason);
    }
  }
}
