import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Measures functions: {@code java -cp 'src/commands/target/lib/*:src/cloud/target/lib/*'
 * bench/Functions.java ENDPOINT RUNS}. Prints three numbers: milliseconds of a cold call and of a warm one, calls a second of eight clients.
 */
public final class Functions {
  private static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.*;
      import java.util.*;
      public class Echo implements RequestHandler<Map<String, Object>, Object> {
        public Object handleRequest(Map<String, Object> event, Context context) { return event; }
      }
      """;
  private static final int CLIENTS = 8;

  private final URI endpoint;

  private Functions(URI endpoint) {
    this.endpoint = endpoint;
  }

  public static void main(String[] args) throws Exception {
    new Functions(URI.create(args[0])).measure(Integer.parseInt(args[1]));
  }

  private void measure(int runs) throws Exception {
    LambdaClient lambda = client();
    String role = role();
    byte[] code = code();
    lambda.createFunction(
        f ->
            f.functionName("bench")
                .runtime("java17")
                .handler("Echo")
                .role(role)
                .memorySize(512)
                .timeout(20)
                .code(c -> c.zipFile(SdkBytes.fromByteArray(code))));
    try {
      double[] cold = new double[runs];
      for (int i = -3; i < runs; i++) {
        int description = i;
        lambda.updateFunctionConfiguration(
            f -> f.functionName("bench").description("run " + description));
        // What the first run leaves in the background belongs to no call.
        Thread.sleep(i < 0 ? 2500 : 100);
        double took = invoke(lambda);
        if (i >= 0) {
          cold[i] = took;
        }
      }
      for (int i = 0; i < 2000; i++) {
        invoke(lambda);
      }
      double[] warm = new double[500];
      for (int i = 0; i < warm.length; i++) {
        warm[i] = invoke(lambda);
      }
      System.out.printf(
          Locale.ROOT, "%.1f %.2f %.0f%n", median(cold), median(warm), perSecond(8000));
    } finally {
      lambda.deleteFunction(f -> f.functionName("bench"));
    }
  }

  private double perSecond(int calls) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      Callable<Boolean> many =
          () -> {
            LambdaClient own = client();
            for (int i = 0; i < calls / CLIENTS; i++) {
              invoke(own);
            }
            return true;
          };
      double rate = 0;
      for (int round = 0; round < 2; round++) { // the first starts the environments
        long begun = System.nanoTime();
        for (Future<Boolean> done : clients.invokeAll(java.util.Collections.nCopies(CLIENTS, many))) {
          done.get();
        }
        rate = calls / ((System.nanoTime() - begun) / 1e9);
      }
      return rate;
    } finally {
      clients.shutdownNow();
    }
  }

  private static double invoke(LambdaClient lambda) {
    long begun = System.nanoTime();
    InvokeResponse answer =
        lambda.invoke(
            f -> f.functionName("bench").payload(SdkBytes.fromUtf8String("{\"n\":1}")));
    if (!answer.payload().asUtf8String().equals("{\"n\":1}")) {
      throw new IllegalStateException(answer.payload().asUtf8String());
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private LambdaClient client() {
    return LambdaClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private String role() {
    IamClient iam =
        IamClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClient(ApacheHttpClient.create())
            .build();
    String trust =
        new ObjectMapper()
            .createObjectNode()
            .put("Version", "2012-10-17")
            .set(
                "Statement",
                new ObjectMapper()
                    .createObjectNode()
                    .put("Effect", "Allow")
                    .put("Action", "sts:AssumeRole")
                    .set(
                        "Principal",
                        new ObjectMapper()
                            .createObjectNode()
                            .put("Service", "lambda.amazonaws.com")))
            .toString();
    return iam.createRole(r -> r.roleName("bench-" + System.nanoTime()).assumeRolePolicyDocument(trust))
        .role()
        .arn();
  }

  private static byte[] code() throws Exception {
    Path folder = Files.createTempDirectory("bench");
    Path source = Files.writeString(folder.resolve("Echo.java"), SOURCE);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null,
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), source.toString())
                    .toArray(String[]::new));
    if (exit != 0) {
      throw new IllegalStateException("the function does not compile");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("Echo.class"));
      zip.write(Files.readAllBytes(folder.resolve("Echo.class")));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
