import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How long another call takes while many long polls of a queue are open, against the same call with none open.
 *
 * <p>{@code java bench/LongPolls.java ENDPOINT QUEUE_URL POLLS CALLS} prints the 99th percentiles idle and under polls, in
 * microseconds.
 */
public class LongPolls {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] args) throws Exception {
    URI endpoint = URI.create(args[0]);
    int polls = Integer.parseInt(args[2]);
    int calls = Integer.parseInt(args[3]);
    percentile(endpoint, calls); // warms up both sides
    long idle = percentile(endpoint, calls);
    String body = "{\"QueueUrl\":\"" + args[1] + "\",\"WaitTimeSeconds\":20}";
    List<CompletableFuture<HttpResponse<String>>> open = new ArrayList<>();
    for (int i = 0; i < polls; i++) {
      open.add(
          HTTP.sendAsync(
              request(endpoint, "AmazonSQS.ReceiveMessage", body),
              HttpResponse.BodyHandlers.ofString()));
    }
    percentile(endpoint, calls / 10); // until all of them are open
    long busy = percentile(endpoint, calls);
    long ended = open.stream().filter(CompletableFuture::isDone).count();
    if (ended > 0) {
      throw new IllegalStateException(ended + " polls ended before the calls did: make fewer calls");
    }
    System.out.println(idle / 1000 + " " + busy / 1000);
    System.exit(0);
  }

  private static long percentile(URI endpoint, int calls) throws Exception {
    long[] took = new long[calls];
    for (int i = 0; i < calls; i++) {
      long from = System.nanoTime();
      HttpResponse<String> answer =
          HTTP.send(
              request(endpoint, "AmazonSQS.ListQueues", "{}"),
              HttpResponse.BodyHandlers.ofString());
      took[i] = System.nanoTime() - from;
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
    }
    Arrays.sort(took);
    return took[calls * 99 / 100];
  }

  private static HttpRequest request(URI endpoint, String action, String body) {
    return HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("X-Amz-Target", action)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/sqs/aws4_request,"
                + " SignedHeaders=host, Signature=any")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
