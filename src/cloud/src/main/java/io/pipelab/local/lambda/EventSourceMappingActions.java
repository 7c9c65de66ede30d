package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.DeleteEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.DeleteEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsRequest;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingResponse;

/** Event source mappings for queues: create, describe, change, delete. */
final class EventSourceMappingActions {
  private final EventSourceMappings mappings;
  private final MappingChecks checks;
  private final CloudIdentity identity;
  private final CloudClock clock;

  EventSourceMappingActions(
      EventSourceMappings mappings,
      MappingChecks checks,
      CloudIdentity identity,
      CloudClock clock) {
    this.mappings = mappings;
    this.checks = checks;
    this.identity = identity;
    this.clock = clock;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(CreateEventSourceMappingRequest.class, this::createEventSourceMapping)
        .on(GetEventSourceMappingRequest.class, this::getEventSourceMapping)
        .on(ListEventSourceMappingsRequest.class, this::listEventSourceMappings)
        .on(UpdateEventSourceMappingRequest.class, this::updateEventSourceMapping)
        .on(DeleteEventSourceMappingRequest.class, this::deleteEventSourceMapping);
  }

  CreateEventSourceMappingResponse createEventSourceMapping(
      CreateEventSourceMappingRequest request) {
    FunctionName name = FunctionName.parse(request.functionName(), null);
    String queueArn = MappingSettings.queueArn(request.eventSourceArn());
    String uuid = UUID.randomUUID().toString();
    EventSourceMappingConfiguration base =
        MappingSettings.defaults().toBuilder()
            .uuid(uuid)
            .eventSourceMappingArn(identity.arn("lambda", "event-source-mapping:" + uuid))
            .eventSourceArn(queueArn)
            .functionArn(name.arn(identity))
            .stateTransitionReason("USER_INITIATED")
            .lastModified(clock.now())
            .build();
    EventSourceMappingConfiguration settings =
        MappingSettings.apply(base, MappingSettings.asChange(request));
    checks.check(name, queueArn);
    mappings.add(settings, !Boolean.FALSE.equals(request.enabled()), request.tags());
    return SameMembers.copy(
            settings.toBuilder().state("Creating").build(),
            CreateEventSourceMappingResponse.builder())
        .build();
  }

  GetEventSourceMappingResponse getEventSourceMapping(GetEventSourceMappingRequest request) {
    EventSourceMappingConfiguration described = mappings.get(request.uuid()).described();
    return SameMembers.copy(described, GetEventSourceMappingResponse.builder()).build();
  }

  ListEventSourceMappingsResponse listEventSourceMappings(ListEventSourceMappingsRequest request) {
    String functionArn =
        request.functionName() == null
            ? null
            : FunctionName.parse(request.functionName(), null).arn(identity);
    List<EventSourceMappingConfiguration> all =
        mappings.all().stream()
            .filter(each -> isOrAny(request.eventSourceArn(), each.queueArn()))
            .filter(each -> isOrAny(functionArn, each.functionArn()))
            .map(EventSourceMapping::described)
            .toList();
    Page<EventSourceMappingConfiguration> page =
        Page.of(all, request.marker(), request.maxItems(), 100);
    return ListEventSourceMappingsResponse.builder()
        .eventSourceMappings(page.items())
        .nextMarker(page.next())
        .build();
  }

  private static boolean isOrAny(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  UpdateEventSourceMappingResponse updateEventSourceMapping(
      UpdateEventSourceMappingRequest request) {
    EventSourceMapping mapping = mappings.get(request.uuid());
    EventSourceMappingConfiguration.Builder base =
        mapping.settings().toBuilder().lastModified(clock.now());
    if (request.functionName() != null) {
      FunctionName name = FunctionName.parse(request.functionName(), null);
      checks.check(name, mapping.queueArn());
      base.functionArn(name.arn(identity));
    }
    EventSourceMappingConfiguration next = MappingSettings.apply(base.build(), request);
    boolean enable = request.enabled() == null ? mapping.enabled() : request.enabled();
    return SameMembers.copy(
            mapping.change(next, enable), UpdateEventSourceMappingResponse.builder())
        .build();
  }

  DeleteEventSourceMappingResponse deleteEventSourceMapping(
      DeleteEventSourceMappingRequest request) {
    EventSourceMappingConfiguration last = mappings.get(request.uuid()).delete();
    return SameMembers.copy(last, DeleteEventSourceMappingResponse.builder()).build();
  }
}
