package io.pipelab.local.lambda.execution;

/** A handler that does what its event says, for tests of the cloud's side. */
public final class TestHandler {
  private TestHandler() {}

  public static final String NAME = "Obedient";

  /** Event: {@code {"do": "...", ...}}; each line of the switch is one behaviour. */
  public static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.*;
      import java.util.*;

      public class Obedient implements RequestHandler<Map<String, Object>, Object> {
        static int count;

        public Object handleRequest(Map<String, Object> event, Context context) {
          count++;
          String order = String.valueOf(event.get("do"));
          switch (order) {
            case "count": return count;
            case "echo": return event;
            case "env": return System.getenv();
            case "pid": return ProcessHandle.current().pid();
            case "tmp": return System.getProperty("java.io.tmpdir");
            case "heap": return Runtime.getRuntime().maxMemory() / 1024 / 1024;
            case "context":
              return Map.of(
                  "id", context.getAwsRequestId(),
                  "arn", context.getInvokedFunctionArn(),
                  "name", context.getFunctionName(),
                  "version", context.getFunctionVersion(),
                  "memory", context.getMemoryLimitInMB(),
                  "group", context.getLogGroupName(),
                  "left", context.getRemainingTimeInMillis() > 0);
            case "print":
              System.out.println("out");
              System.err.println("err");
              System.out.print("no end of line");
              context.getLogger().log("one\\nevent");
              return null;
            case "throw": throw new IllegalStateException("asked \\"to\\" throw");
            case "exit": System.exit(3); return null;
            case "sleep":
              try { Thread.sleep(600_000); } catch (InterruptedException e) { }
              return null;
            case "work":
              try { Thread.sleep(300); } catch (InterruptedException e) { }
              return ProcessHandle.current().pid();
            case "big": return "x".repeat(7_000_000);
            case "fill":
              List<byte[]> all = new ArrayList<>();
              while (true) { all.add(new byte[1 << 20]); }
            default: return "done";
          }
        }
      }
      """;
}
