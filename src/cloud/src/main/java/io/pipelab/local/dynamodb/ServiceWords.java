package io.pipelab.local.dynamodb;

import io.pipelab.local.kernel.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Puts DynamoDB's words in the place of the engine's, where these are known to differ. The engine
 * finds what is wrong, but does not name the key; so the request is looked at once more, with the
 * table's keys, and only then.
 */
final class ServiceWords {
  private static final String CODE = "ValidationException";

  /** How the engine begins to tell that keys are wrong. */
  private static final List<String> OF_KEYS =
      List.of(
          "One of the required keys was not given a value",
          "The number of conditions on the keys is invalid",
          "One or more parameter values were invalid: Type mismatch for",
          "Query condition missed key schema element");

  private static final String OF_START = "Exclusive Start Key must have same size";
  private static final String NO_START = "The provided starting key is invalid";
  private static final String OF_CONSISTENCY = "Consistent read cannot be true when querying a GSI";

  /** The engine ends its sentence with a dot, the service does not. */
  private static final String CONDITION = "The conditional request failed";

  private final DynamoDbLocal engine;

  ServiceWords(DynamoDbLocal engine) {
    this.engine = engine;
  }

  /** The keys of a table as they are now. */
  TableKeys keys(@Nullable String tableNameOrArn) {
    String name = Tables.name(tableNameOrArn);
    return TableKeys.of(
        engine.table(name, client -> client.describeTable(r -> r.tableName(name))).table());
  }

  /**
   * Calls the engine.
   *
   * @param wrong what is wrong with the keys of the request, if something is
   */
  <O> O of(Supplier<O> call, Supplier<Optional<String>> wrong) {
    try {
      return call.get();
    } catch (TransactionCanceledException e) {
      throw e;
    } catch (DynamoDbException e) {
      throw translated(e, wrong);
    }
  }

  /** A Query, whose condition names the keys. */
  <O> O ofQuery(QueryRequest request, Supplier<O> call) {
    return of(
        call,
        () ->
            keys(request.tableName()).condition(request.indexName(), KeyCondition.names(request)));
  }

  /** A Scan, which says more of a start that is no key. */
  <O> O ofScan(ScanRequest request, Supplier<O> call) {
    Integer segment = request.segment();
    Integer segments = request.totalSegments();
    if (segment != null && segments != null && segment >= segments && segment >= 0) {
      throw AwsError.badRequest(
          CODE,
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              + " Segment: "
              + segment
              + " is not less than TotalSegments: "
              + segments);
    }
    try {
      return call.get();
    } catch (DynamoDbException e) {
      throw message(e).startsWith(OF_START)
          ? AwsError.badRequest(CODE, NO_START + ": " + TableKeys.NO_KEY)
          : translated(e, Optional::empty);
    }
  }

  /**
   * Calls the engine for a transaction, which fails as a whole and tells why by item.
   *
   * @param wrong what is wrong with each item's keys, in their order
   */
  <O> O ofTransaction(Supplier<O> call, Supplier<Stream<Optional<String>>> wrong) {
    try {
      return call.get();
    } catch (TransactionCanceledException e) {
      throw isOfKeys(e) ? cancelled(e, wrong) : worded(e, wrong);
    } catch (DynamoDbException e) {
      throw isOfKeys(e) ? cancelled(e, wrong) : e;
    }
  }

  private static RuntimeException translated(
      DynamoDbException error, Supplier<Optional<String>> wrong) {
    if (isOfKeys(error)) {
      Optional<String> reason = wrong.get();
      return reason.isPresent() ? AwsError.badRequest(CODE, reason.get()) : error;
    }
    if (message(error).startsWith(OF_START)) {
      return AwsError.badRequest(CODE, NO_START);
    }
    if (message(error).equals(OF_CONSISTENCY)) {
      return AwsError.badRequest(
          CODE, "Consistent reads are not supported on global secondary indexes");
    }
    return error;
  }

  private static boolean isOfKeys(DynamoDbException error) {
    String message = message(error);
    return OF_KEYS.stream().anyMatch(message::startsWith);
  }

  private static String message(DynamoDbException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null ? "" : String.valueOf(details.errorMessage());
  }

  private static TransactionCanceledException worded(
      TransactionCanceledException error, Supplier<Stream<Optional<String>>> wrong) {
    List<Optional<String>> words =
        error.cancellationReasons().stream().anyMatch(ServiceWords::isOfKeys)
            ? wrong.get().toList()
            : List.of();
    List<CancellationReason> told = error.cancellationReasons();
    CancellationReason[] reasons = new CancellationReason[told.size()];
    for (int i = 0; i < reasons.length; i++) {
      CancellationReason reason = told.get(i);
      Optional<String> keys = i < words.size() ? words.get(i) : Optional.empty();
      if (keys.isPresent()) {
        reason = reason.toBuilder().message(keys.get()).build();
      } else if ((CONDITION + ".").equals(reason.message())) {
        reason = reason.toBuilder().message(CONDITION).build();
      }
      reasons[i] = reason;
    }
    return (TransactionCanceledException) error.toBuilder().cancellationReasons(reasons).build();
  }

  private static boolean isOfKeys(CancellationReason reason) {
    String message = String.valueOf(reason.message());
    return OF_KEYS.stream().anyMatch(message::startsWith);
  }

  /** What the engine refuses before it begins the transaction, the service tells by item too. */
  private static RuntimeException cancelled(
      DynamoDbException error, Supplier<Stream<Optional<String>>> wrong) {
    List<CancellationReason> reasons = wrong.get().map(ServiceWords::reason).toList();
    if (reasons.stream().allMatch(each -> each.message() == null)) {
      return error;
    }
    String message =
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
            + reasons.stream().map(CancellationReason::code).toList();
    return TransactionCanceledException.builder()
        .message(message)
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("TransactionCanceledException")
                .errorMessage(message)
                .build())
        .cancellationReasons(reasons)
        .build();
  }

  private static CancellationReason reason(Optional<String> wrong) {
    return wrong
        .map(why -> CancellationReason.builder().code("ValidationError").message(why).build())
        .orElseGet(() -> CancellationReason.builder().code("None").build());
  }

  /** What is wrong with the first of some keys. */
  static Optional<String> firstKey(TableKeys keys, List<Map<String, AttributeValue>> given) {
    return given.stream().map(keys::key).flatMap(Optional::stream).findFirst();
  }
}
