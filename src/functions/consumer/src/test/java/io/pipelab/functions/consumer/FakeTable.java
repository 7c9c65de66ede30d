package io.pipelab.functions.consumer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A table that remembers what was put, and refuses chosen keys. */
final class FakeTable implements DynamoDbClient {
  final List<PutItemRequest> puts = new ArrayList<>();
  private final Map<String, DynamoDbException> refusals = new HashMap<>();

  void refuse(String key, int status, String code, String message) {
    refusals.put(
        key,
        (DynamoDbException)
            DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                .build());
  }

  List<String> keys() {
    return puts.stream().map(FakeTable::key).toList();
  }

  private static String key(PutItemRequest request) {
    return requireNonNull(request.item().get("queueMessage")).s();
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    DynamoDbException refusal = refusals.get(key(request));
    if (refusal != null) {
      throw refusal;
    }
    puts.add(request);
    return PutItemResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
