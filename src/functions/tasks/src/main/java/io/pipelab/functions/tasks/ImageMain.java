package io.pipelab.functions.tasks;

import java.io.IOException;

/** The entry point of the container image: the same handler as in the zip file. */
public final class ImageMain {
  private ImageMain() {}

  /** Runs the function for as long as its environment lives. */
  public static void main(String[] args) throws IOException {
    String address = Environment.required("AWS_LAMBDA_RUNTIME_API");
    ManageTasks handler;
    try {
      handler = new ManageTasks();
    } catch (RuntimeException e) {
      new RuntimeLoop(address, (in, out, context) -> {}).initFailed(e);
      throw e;
    }
    new RuntimeLoop(address, handler).run();
  }
}
