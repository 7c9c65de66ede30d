package io.pipelab.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import io.pipelab.local.kernel.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The engine: DynamoDB Local, in memory, in this process, started on first use. */
final class DynamoDbLocal implements AutoCloseable {
  private final Path nativeFolder;
  private @Nullable AmazonDynamoDBLocal running;
  private @Nullable DynamoDbClient client;
  private boolean closed;

  DynamoDbLocal(Path nativeFolder) {
    this.nativeFolder = nativeFolder;
  }

  /** The engine's client; starts the engine when it does not run yet. */
  synchronized DynamoDbClient client() {
    if (closed) {
      throw new IllegalStateException("the cloud is stopping");
    }
    if (client == null) {
      try {
        NativeSqlite.prepare(nativeFolder);
      } catch (IOException e) {
        throw new UncheckedIOException("DynamoDB Local cannot start: " + e.getMessage(), e);
      }
      // True turns its telemetry off: the engine would call out to AWS otherwise.
      running = DynamoDBEmbedded.create(true);
      client = running.dynamoDbClient();
    }
    return client;
  }

  /** Calls the engine; a table that does not exist is told in DynamoDB's words. */
  <O> O items(Function<DynamoDbClient, O> call) {
    try {
      return call.apply(client());
    } catch (ResourceNotFoundException e) {
      throw AwsError.badRequest("ResourceNotFoundException", "Requested resource not found");
    }
  }

  /** Calls the engine about one table, which is named in the error when it does not exist. */
  <O> O table(String name, Function<DynamoDbClient, O> call) {
    try {
      return call.apply(client());
    } catch (ResourceNotFoundException e) {
      throw AwsError.badRequest(
          "ResourceNotFoundException",
          "Requested resource not found: Table: " + name + " not found");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (running != null) {
      running.shutdown();
      running = null;
      client = null;
    }
  }
}
