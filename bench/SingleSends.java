import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What load-queue is held against: one SendMessage after the other on the same endpoint. Prints
 * messages per second.
 *
 * <p>{@code java -cp 'src/commands/target/lib/*' bench/SingleSends.java ENDPOINT COUNT}
 */
public final class SingleSends {
  private SingleSends() {}

  public static void main(String[] args) {
    int count = Integer.parseInt(args[1]);
    try (SqsClient sqs =
        SqsClient.builder()
            .endpointOverride(URI.create(args[0]))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      String url = sqs.createQueue(r -> r.queueName("bench-single-sends")).queueUrl();
      send(sqs, url, 200);
      long start = System.nanoTime();
      send(sqs, url, count);
      double seconds = (System.nanoTime() - start) / 1e9;
      sqs.deleteQueue(r -> r.queueUrl(url));
      System.out.printf("%.0f%n", count / seconds);
    }
  }

  private static void send(SqsClient sqs, String url, int count) {
    for (int i = 0; i < count; i++) {
      String body = String.valueOf(100_000_001 + i);
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
    }
  }
}
