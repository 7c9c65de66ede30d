package io.pipelab.local.ecs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What runs in the test's containers: says things, and ends as it is told. */
public final class TestProgram {
  private TestProgram() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "say" -> {
        System.out.println(String.join(" ", args));
        System.err.println("HOSTNAME=" + System.getenv("HOSTNAME"));
        System.out.println("GREETING=" + System.getenv("GREETING"));
        System.out.println("IMAGE_VARIABLE=" + System.getenv("IMAGE_VARIABLE"));
        System.out.println("MAX_MIB=" + (Runtime.getRuntime().maxMemory() >> 20));
        System.out.println("FILE=" + Files.readString(Path.of("config.txt")));
      }
      case "exit" -> System.exit(Integer.parseInt(args[1]));
      case "wait" -> {
        System.out.println("waiting");
        new CountDownLatch(1).await();
      }
      case "stubborn" -> {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
        System.out.println("waiting");
        never.await();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }
}
