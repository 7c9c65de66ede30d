package io.pipelab;

import io.pipelab.cli.Invocation;
import io.pipelab.cli.Pipelab;
import io.pipelab.report.Terminal;
import java.nio.file.Path;

/** The composition root: hands the command line to the commands. */
public final class Main {
  private static final int CONNECTIONS_A_HOST = 64;

  private Main() {}

  public static void main(String[] args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      // Without the parser, whose classes no archive takes.
      System.out.println("pipelab " + version());
      return;
    }
    quietLibraries();
    Invocation invocation =
        new Invocation(
            System.getenv(),
            System.in,
            System.out,
            System.err,
            Terminal.of(System.getenv(), System.getProperties()),
            home(),
            version(),
            System.getProperty("pipelab.command", "pipelab"));
    Pipelab pipelab = new Pipelab(invocation);
    Runtime.getRuntime().addShutdownHook(new Thread(pipelab.onInterrupt(), "interrupted"));
    System.exit(pipelab.run(args));
  }

  /** The SDK logs through SLF4J, of which the command line wants nothing, and no warning either. */
  private static void quietLibraries() {
    System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty("http.maxConnections", String.valueOf(CONNECTIONS_A_HOST));
  }

  /** The folder that holds {@code templates}: the launcher says it. */
  private static Path home() {
    return Path.of(System.getProperty("pipelab.home", "")).toAbsolutePath();
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
