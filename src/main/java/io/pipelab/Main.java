package io.pipelab;

/** The composition root: hands the command line to the commands. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("pipelab");
  }
}
