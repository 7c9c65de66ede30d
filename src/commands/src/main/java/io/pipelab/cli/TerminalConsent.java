package io.pipelab.cli;

import io.pipelab.target.Failure;
import io.pipelab.workflow.Consent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks on the terminal; without one, only {@code --yes} is consent. */
final class TerminalConsent implements Consent {
  private final Invocation invocation;
  private final boolean yes;
  private boolean given;

  TerminalConsent(Invocation invocation, boolean yes) {
    this.invocation = invocation;
    this.yes = yes;
  }

  @Override
  public synchronized void ask(List<String> facts) {
    if (given) {
      return;
    }
    facts.forEach(invocation.err()::println);
    if (!yes) {
      askAloud();
    }
    given = true;
  }

  private void askAloud() {
    if (!invocation.terminal().in() || !invocation.terminal().err()) {
      throw Failure.usage(
          "nothing was changed: there is no terminal to ask on", "add --yes to agree");
    }
    invocation.err().print("Go on? [y/N] ");
    invocation.err().flush();
    String answer = readLine();
    if (!answer.strip().equalsIgnoreCase("y") && !answer.strip().equalsIgnoreCase("yes")) {
      throw Failure.usage("not agreed: nothing was changed", null);
    }
  }

  private String readLine() {
    try {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.UTF_8));
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal cannot be read", e);
    }
  }
}
