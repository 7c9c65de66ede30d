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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Lambda handler {@code sqs_to_dynamo_lambda} of the lab {@code job-offers}: each message becomes
 * an item. The same offer twice is the same item.
 *
 * <p>A message that cannot be stored is reported as a failure of its own, so that the others of the
 * batch are done with, and it comes back soon: the queue's visibility timeout has to be longer than
 * the function's, which would make a hopeless message wait for hours.
 */
public final class SqsToDynamo implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RETRY_SECONDS = 30;

  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final String table;
  private final String queueUrl;
  private final int retrySeconds;

  /**
   * The clients are built here and not on the first event, so that a SnapStart snapshot holds them.
   */
  public SqsToDynamo() {
    this(
        DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        SqsClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
        Environment.required("TABLE_NAME"),
        Environment.required("QUEUE_URL"),
        Environment.number(System.getenv("RETRY_SECONDS"), RETRY_SECONDS));
  }

  SqsToDynamo(
      DynamoDbClient dynamoDb, SqsClient sqs, String table, String queueUrl, int retrySeconds) {
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.table = table;
    this.queueUrl = queueUrl;
    this.retrySeconds = retrySeconds;
  }

  /**
   * Reads a batch of messages and answers {@code {"batchItemFailures": [{"itemIdentifier"}]}}.
   *
   * @throws IllegalArgumentException if the event is none of SQS
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    JsonNode records = JSON.readTree(event).path("Records");
    if (records.isEmpty()) {
      throw new IllegalArgumentException("the event holds no message");
    }
    ObjectNode result = JSON.createObjectNode();
    ArrayNode failures = result.putArray("batchItemFailures");
    for (JsonNode record : records) {
      String id = record.path("messageId").asText();
      if (id.isEmpty()) {
        throw new IllegalArgumentException("the event is none of SQS: a record has no messageId");
      }
      if (!store(id, record, context.getLogger())) {
        failures.addObject().put("itemIdentifier", id);
      }
    }
    JSON.writeValue(answer, result);
  }

  private boolean store(String id, JsonNode record, LambdaLogger log) {
    try {
      Offer offer = Offer.ofMessage(record.path("body").asText());
      dynamoDb.putItem(r -> r.tableName(table).item(offer.item()));
      return true;
    } catch (IllegalArgumentException | SdkException e) {
      String attempt = record.path("attributes").path("ApproximateReceiveCount").asText("?");
      log.log("not stored: message " + id + ", receive " + attempt + ": " + oneLine(e));
      comeBackSoon(record, log);
      return false;
    }
  }

  private void comeBackSoon(JsonNode record, LambdaLogger log) {
    try {
      sqs.changeMessageVisibility(
          r ->
              r.queueUrl(queueUrl)
                  .receiptHandle(record.path("receiptHandle").asText())
                  .visibilityTimeout(retrySeconds));
    } catch (SdkException e) {
      // It comes back all the same, when the queue's own timeout is over.
      log.log("the message stays hidden for the queue's whole timeout: " + oneLine(e));
    }
  }

  private static String oneLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
