package io.pipelab.local.kernel;

/**
 * What a web browser's request says about where it comes from, in {@code Origin} and {@code
 * Sec-Fetch-Site}. Requests of other programs carry neither and are not visits.
 */
public sealed interface WebVisit {
  /** From a page of the very address that is asked. */
  record OwnPage() implements WebVisit {}

  /** From no page: the user typed the address, or followed a link outside the browser. */
  record Typed() implements WebVisit {}

  /**
   * From a page of another address.
   *
   * @param origin for example {@code https://www.example.com}, or {@code null} in letters, which
   *     browsers send for pages that have none
   */
  record Stranger(String origin) implements WebVisit {}
}
