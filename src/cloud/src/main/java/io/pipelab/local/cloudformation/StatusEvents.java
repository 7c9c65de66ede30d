package io.pipelab.local.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.kernel.ServiceEvents;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * Tells EventBridge what stacks' events tell (CloudFormation User Guide, "Managing events with
 * CloudFormation and Amazon EventBridge").
 */
final class StatusEvents implements Consumer<StackEvent> {
  private volatile ServiceEvents events = ServiceEvents.NONE;

  void connect(ServiceEvents port) {
    this.events = port;
  }

  @Override
  public void accept(StackEvent event) {
    boolean stack = event.stackId().equals(event.physicalResourceId());
    events.happened(
        "aws.cloudformation",
        stack ? "CloudFormation Stack Status Change" : "CloudFormation Resource Status Change",
        List.of(event.stackId()),
        () -> detail(event, stack));
  }

  /** What is not known is empty, as on AWS. */
  private static JsonNode detail(StackEvent event, boolean stack) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("stack-id", event.stackId());
    if (!stack) {
      detail
          .put("logical-resource-id", event.logicalResourceId())
          .put("physical-resource-id", orEmpty(event.physicalResourceId()));
    }
    detail
        .putObject("status-details")
        .put("status", event.resourceStatusAsString())
        .put("detailed-status", "")
        .put("status-reason", orEmpty(event.resourceStatusReason()));
    if (!stack) {
      detail.put("resource-type", event.resourceType());
    }
    return detail.put("client-request-token", orEmpty(event.clientRequestToken()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
