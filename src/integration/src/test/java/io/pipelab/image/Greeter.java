package io.pipelab.image;

/** What runs in the image of the test. */
public final class Greeter {
  private Greeter() {}

  public static void main(String[] args) {
    System.out.println("greetings from " + System.getenv("HOSTNAME"));
  }
}
