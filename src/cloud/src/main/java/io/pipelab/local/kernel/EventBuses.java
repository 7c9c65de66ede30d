package io.pipelab.local.kernel;

import java.util.List;

/** Port to EventBridge: how services put events on a bus of their customers'. */
@FunctionalInterface
public interface EventBuses {
  /**
   * Puts an event on a bus, as PutEvents does; a bus that there is not takes it in silence. The
   * caller has asked whether the sender may.
   *
   * @param source for example {@code lambda}
   * @param resources ARNs of what it is about
   * @param detail a JSON object as text
   * @throws AwsError what is wrong with the event, or ThrottlingException
   */
  void put(String busArn, String source, String detailType, List<String> resources, String detail);
}
