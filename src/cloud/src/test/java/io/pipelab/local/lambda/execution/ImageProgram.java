package io.pipelab.local.lambda.execution;

/** The source of a program that is a function's image: it speaks the Runtime API by itself. */
public final class ImageProgram {
  /** The class, of no package. */
  public static final String NAME = "Loop";

  /**
   * Its first argument says what it does: {@code exit} ends at once with code 3, {@code serve}
   * answers each event with what it sees.
   */
  public static final String SOURCE =
      """
      import java.io.InputStream;
      import java.net.HttpURLConnection;
      import java.net.URI;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.Files;
      import java.nio.file.Path;

      public class Loop {
        public static void main(String[] args) throws Exception {
          if (args.length > 0 && args[0].equals("exit")) {
            System.out.println("I leave");
            System.exit(3);
          }
          String api =
              "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
          int served = 0;
          while (true) {
            HttpURLConnection next =
                (HttpURLConnection) URI.create(api + "invocation/next").toURL().openConnection();
            String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
            String event;
            try (InputStream in = next.getInputStream()) {
              event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            System.out.println("served " + event);
            System.err.println("and said so");
            String answer = seen(args, ++served);
            HttpURLConnection post =
                (HttpURLConnection)
                    URI.create(api + "invocation/" + id + "/response").toURL().openConnection();
            post.setRequestMethod("POST");
            post.setDoOutput(true);
            post.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            post.getInputStream().readAllBytes();
          }
        }

        private static String seen(String[] args, int served) throws Exception {
          return "{\\"args\\":\\"" + String.join(" ", args)
              + "\\",\\"served\\":" + served
              + ",\\"file\\":\\"" + read(Path.of("note.txt"))
              + "\\",\\"folder\\":\\"" + Path.of("").toAbsolutePath().getFileName()
              + "\\",\\"image\\":\\"" + System.getenv("OF_IMAGE")
              + "\\",\\"both\\":\\"" + System.getenv("OF_BOTH")
              + "\\",\\"name\\":\\"" + System.getenv("AWS_LAMBDA_FUNCTION_NAME")
              + "\\",\\"handler\\":\\"" + System.getenv("_HANDLER")
              + "\\",\\"megabytes\\":" + (Runtime.getRuntime().maxMemory() >> 20) + "}";
        }

        private static String read(Path file) throws Exception {
          return Files.exists(file) ? Files.readString(file) : "none";
        }
      }
      """;

  private ImageProgram() {}
}
