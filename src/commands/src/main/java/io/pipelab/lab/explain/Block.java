package io.pipelab.lab.explain;

import java.util.List;

/** A piece of an explanation's text, as its Markdown says. */
public sealed interface Block {
  /** Words; line ends are spaces. */
  record Paragraph(String text) implements Block {}

  /**
   * Words about the last run, in which {@code {step.check}} stands for what that check saw; left
   * out when there was no such run.
   */
  record LastRun(String text) implements Block {}

  /**
   * One entry of a list.
   *
   * @param marker {@code -}, or {@code 1.}
   */
  record Item(String marker, String text) implements Block {}

  /**
   * Lines that stand as they are.
   *
   * @param language {@code sh} or {@code bash} when they are commands to try; may be empty
   */
  record Code(String language, List<String> lines) implements Block {}

  /** A table. */
  record Table(List<String> header, List<List<String>> rows) implements Block {}
}
