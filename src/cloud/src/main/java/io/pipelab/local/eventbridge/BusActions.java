package io.pipelab.local.eventbridge;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.kernel.TagList;
import io.pipelab.local.policy.PolicyEdits;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.CreateEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DeleteEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesResponse;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionRequest;
import software.amazon.awssdk.services.eventbridge.model.PutPermissionResponse;
import software.amazon.awssdk.services.eventbridge.model.RemovePermissionRequest;
import software.amazon.awssdk.services.eventbridge.model.RemovePermissionResponse;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.UpdateEventBusResponse;

/** Buses and their resource policies. */
final class BusActions {
  private static final int PAGE = 100;

  private final Buses buses;
  private final CloudClock clock;

  BusActions(Buses buses, CloudClock clock) {
    this.buses = buses;
    this.clock = clock;
  }

  void addTo(Actions actions) {
    actions
        .on(CreateEventBusRequest.class, this::createEventBus)
        .on(UpdateEventBusRequest.class, this::updateEventBus)
        .on(DeleteEventBusRequest.class, this::deleteEventBus)
        .on(DescribeEventBusRequest.class, this::describeEventBus)
        .on(ListEventBusesRequest.class, this::listEventBuses)
        .on(PutPermissionRequest.class, this::putPermission)
        .on(RemovePermissionRequest.class, this::removePermission);
  }

  private CreateEventBusResponse createEventBus(CreateEventBusRequest request) {
    Bus bus = buses.create(request.name());
    bus.description = request.description();
    bus.tags.putAll(TagList.read(request.tags(), Tag::key, Tag::value, "ValidationException"));
    return CreateEventBusResponse.builder()
        .eventBusArn(bus.arn)
        .description(bus.description)
        .build();
  }

  private UpdateEventBusResponse updateEventBus(UpdateEventBusRequest request) {
    Bus bus = buses.get(request.name());
    bus.description = request.description();
    bus.modified = clock.now();
    return UpdateEventBusResponse.builder()
        .arn(bus.arn)
        .name(bus.name)
        .description(bus.description)
        .build();
  }

  /** A bus that there is not is deleted. */
  private DeleteEventBusResponse deleteEventBus(DeleteEventBusRequest request) {
    buses.find(request.name()).ifPresent(buses::delete);
    return DeleteEventBusResponse.builder().build();
  }

  private DescribeEventBusResponse describeEventBus(DescribeEventBusRequest request) {
    Bus bus = buses.get(request.name());
    return DescribeEventBusResponse.builder()
        .name(bus.name)
        .arn(bus.arn)
        .description(bus.description)
        .policy(bus.policy)
        .creationTime(bus.created)
        .lastModifiedTime(bus.modified)
        .build();
  }

  private ListEventBusesResponse listEventBuses(ListEventBusesRequest request) {
    String prefix = Objects.requireNonNullElse(request.namePrefix(), "");
    List<Bus> all = buses.all().stream().filter(bus -> bus.name.startsWith(prefix)).toList();
    Page<Bus> page = Page.of(all, request.nextToken(), request.limit(), PAGE);
    return ListEventBusesResponse.builder()
        .eventBuses(page.items().stream().map(BusActions::model).toList())
        .nextToken(page.next())
        .build();
  }

  private static EventBus model(Bus bus) {
    return EventBus.builder()
        .name(bus.name)
        .arn(bus.arn)
        .description(bus.description)
        .policy(bus.policy)
        .creationTime(bus.created)
        .lastModifiedTime(bus.modified)
        .build();
  }

  private PutPermissionResponse putPermission(PutPermissionRequest request) {
    Bus bus = buses.get(request.eventBusName());
    if (request.policy() != null) {
      bus.policy = request.policy();
      return PutPermissionResponse.builder().build();
    }
    String statement = required(request.statementId(), "StatementId");
    String principal = required(request.principal(), "Principal");
    String before =
        PolicyEdits.has(bus.policy, statement)
            ? PolicyEdits.without(bus.policy, statement)
            : bus.policy;
    bus.policy =
        PolicyEdits.allow(
            before,
            bus.name,
            statement,
            List.of(principal),
            List.of(required(request.action(), "Action")),
            bus.arn);
    return PutPermissionResponse.builder().build();
  }

  private static String required(@Nullable String value, String member) {
    if (value == null) {
      throw Refusals.invalid(
          "Parameter " + member + " is not valid. Reason: " + member + " is a required argument.");
    }
    return value;
  }

  private RemovePermissionResponse removePermission(RemovePermissionRequest request) {
    Bus bus = buses.get(request.eventBusName());
    if (Boolean.TRUE.equals(request.removeAllPermissions())) {
      bus.policy = null;
      return RemovePermissionResponse.builder().build();
    }
    if (bus.policy == null) {
      throw AwsError.badRequest("ResourceNotFoundException", "EventBus does not have a policy.");
    }
    if (request.statementId() == null || !PolicyEdits.has(bus.policy, request.statementId())) {
      throw Refusals.notFound("Statement with the provided id does not exist.");
    }
    bus.policy = PolicyEdits.without(bus.policy, request.statementId());
    return RemovePermissionResponse.builder().build();
  }
}
