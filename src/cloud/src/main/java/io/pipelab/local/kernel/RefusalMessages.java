package io.pipelab.local.kernel;

import java.util.Optional;

/** Port to whoever keeps refusals: what STS decodes the message of one with. */
@FunctionalInterface
public interface RefusalMessages {
  /**
   * The details of a refusal as JSON, by what a service's answer had as its encoded message; empty
   * when no refusal that is still kept had it.
   */
  Optional<String> decoded(String message);
}
