package io.pipelab.local.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;

/** Port to EventBridge: how services tell the default bus what happened. */
@FunctionalInterface
public interface ServiceEvents {
  /** Nobody listens. */
  ServiceEvents NONE = (source, detailType, resources, detail) -> {};

  /**
   * Tells of something that happened now; never fails, and waits for nobody.
   *
   * @param source for example {@code aws.ecs}
   * @param detailType for example {@code ECS Task State Change}
   * @param resources ARNs of what it is about
   * @param detail asked for only when some rule listens
   */
  void happened(
      String source, String detailType, List<String> resources, Supplier<JsonNode> detail);
}
