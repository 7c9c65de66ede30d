package io.pipelab.local.wire;

import java.util.Map;
import java.util.Set;

/**
 * The HTTP status of a REST-JSON action that succeeded, where it is not 200. The SDK's models do
 * not carry it; a response with a status member of its own overrules it.
 */
final class SuccessStatus {
  private static final Set<String> ACCEPTED =
      Set.of(
          "CreateEventSourceMapping",
          "UpdateEventSourceMapping",
          "DeleteEventSourceMapping",
          "InvokeAsync",
          "PutProvisionedConcurrencyConfig");

  private static final Set<String> CREATED =
      Set.of(
          "AddPermission",
          "AddLayerVersionPermission",
          "PublishVersion",
          "PublishLayerVersion",
          "ImportApi");

  /** Update, get and put actions answer 200; so do these that one would not think of. */
  private static final Map<String, Integer> OTHERS =
      Map.of(
          "TagResource", 204,
          "UntagResource", 204,
          "RemovePermission", 204,
          "RemoveLayerVersionPermission", 204);

  private SuccessStatus() {}

  static int of(String action) {
    if (ACCEPTED.contains(action)) {
      return 202;
    }
    if (CREATED.contains(action) || action.startsWith("Create")) {
      return 201;
    }
    return action.startsWith("Delete") ? 204 : OTHERS.getOrDefault(action, 200);
  }
}
