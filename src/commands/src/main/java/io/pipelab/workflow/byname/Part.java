package io.pipelab.workflow.byname;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a lab that was found by its name.
 *
 * @param type its CloudFormation type
 * @param id what CloudFormation would call its physical id
 * @param facts what is known of it: {@code url}, {@code arn} ...
 * @param created when it was made, where the service says so
 */
public record Part(
    String type, String name, String id, Map<String, String> facts, @Nullable Instant created) {
  Part(String type, String name, String id, Map<String, String> facts) {
    this(type, name, id, facts, null);
  }
}
