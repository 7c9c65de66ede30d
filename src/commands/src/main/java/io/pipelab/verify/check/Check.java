package io.pipelab.verify.check;

/** One claim about the cloud, with its settings. */
@FunctionalInterface
public interface Check {
  /**
   * Looks once, and changes nothing.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when it could not look, which says
   *     nothing about the claim
   */
  Observation look(CheckScope scope);
}
