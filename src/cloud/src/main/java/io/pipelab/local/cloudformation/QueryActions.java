package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Engine;
import io.pipelab.local.cloudformation.engine.Exports;
import io.pipelab.local.cloudformation.engine.LiveResource;
import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Export;
import software.amazon.awssdk.services.cloudformation.model.ListExportsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListExportsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListImportsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListImportsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** The actions that show stacks, their resources, events and exports. */
final class QueryActions {
  private static final int MAX_RESOURCES = 100;

  private final Engine engine;

  QueryActions(Engine engine) {
    this.engine = engine;
  }

  void addTo(Actions actions) {
    actions
        .on(DescribeStacksRequest.class, this::describeStacks)
        .on(ListStacksRequest.class, this::listStacks)
        .on(DescribeStackEventsRequest.class, this::describeStackEvents)
        .on(DescribeStackResourcesRequest.class, this::describeStackResources)
        .on(DescribeStackResourceRequest.class, this::describeStackResource)
        .on(ListStackResourcesRequest.class, this::listStackResources)
        .on(ListExportsRequest.class, this::listExports)
        .on(ListImportsRequest.class, this::listImports);
  }

  DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
    List<LiveStack> stacks =
        request.stackName() != null
            ? List.of(engine.stacks().get(request.stackName()))
            : engine.stacks().all().stream().filter(each -> !each.isDeleted()).toList();
    Page<LiveStack> page = Page.of(stacks, request.nextToken());
    return DescribeStacksResponse.builder()
        .stacks(page.items().stream().map(StackViews::stack).toList())
        .nextToken(page.next())
        .build();
  }

  ListStacksResponse listStacks(ListStacksRequest request) {
    List<String> wanted = request.stackStatusFiltersAsStrings();
    List<LiveStack> stacks =
        engine.stacks().all().stream()
            .filter(each -> wanted.isEmpty() || wanted.contains(each.status().toString()))
            .toList();
    Page<LiveStack> page = Page.of(stacks, request.nextToken());
    return ListStacksResponse.builder()
        .stackSummaries(page.items().stream().map(StackViews::summary).toList())
        .nextToken(page.next())
        .build();
  }

  DescribeStackEventsResponse describeStackEvents(DescribeStackEventsRequest request) {
    Page<StackEvent> page =
        Page.newestFirst(stack(request.stackName()).events(), request.nextToken());
    return DescribeStackEventsResponse.builder()
        .stackEvents(page.items())
        .nextToken(page.next())
        .build();
  }

  DescribeStackResourcesResponse describeStackResources(DescribeStackResourcesRequest request) {
    String physicalId = request.physicalResourceId();
    LiveStack stack;
    if (request.stackName() != null) {
      stack = stack(request.stackName());
    } else if (physicalId != null) {
      stack = holder(physicalId);
    } else {
      throw Invalid.request("Stack name or physical resource id must be specified.");
    }
    String logicalId = request.logicalResourceId();
    return DescribeStackResourcesResponse.builder()
        .stackResources(
            stack.resources().stream()
                .filter(each -> logicalId == null || each.logicalId().equals(logicalId))
                .limit(MAX_RESOURCES)
                .map(each -> StackViews.resource(stack, each))
                .toList())
        .build();
  }

  private LiveStack holder(String physicalId) {
    return engine.stacks().all().stream()
        .filter(each -> !each.isDeleted())
        .filter(each -> each.resources().stream().anyMatch(r -> r.physicalId().equals(physicalId)))
        .findFirst()
        .orElseThrow(() -> Invalid.request("Stack for " + physicalId + " does not exist"));
  }

  DescribeStackResourceResponse describeStackResource(DescribeStackResourceRequest request) {
    LiveStack stack = stack(request.stackName());
    LiveResource resource =
        request.logicalResourceId() == null ? null : stack.resource(request.logicalResourceId());
    if (resource == null) {
      throw Invalid.request(
          "Resource "
              + request.logicalResourceId()
              + " does not exist for stack "
              + request.stackName());
    }
    return DescribeStackResourceResponse.builder()
        .stackResourceDetail(StackViews.resourceDetail(stack, resource))
        .build();
  }

  ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
    LiveStack stack = stack(request.stackName());
    Page<LiveResource> page = Page.of(stack.resources(), request.nextToken());
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(
            page.items().stream().map(each -> StackViews.resourceSummary(stack, each)).toList())
        .nextToken(page.next())
        .build();
  }

  ListExportsResponse listExports(ListExportsRequest request) {
    Page<Exports.Export> page = Page.of(engine.exports().all(), request.nextToken());
    return ListExportsResponse.builder()
        .exports(page.items().stream().map(QueryActions::export).toList())
        .nextToken(page.next())
        .build();
  }

  private static Export export(Exports.Export export) {
    return Export.builder()
        .exportingStackId(export.stack().id())
        .name(export.name())
        .value(export.value())
        .build();
  }

  ListImportsResponse listImports(ListImportsRequest request) {
    String name = String.valueOf(request.exportName());
    if (!engine.exports().has(name)) {
      throw Invalid.request("Export '" + name + "' does not exist.");
    }
    List<String> importers = engine.exports().importers(name);
    if (importers.isEmpty()) {
      throw Invalid.request("Export '" + name + "' is not imported by any stack.");
    }
    Page<String> page = Page.of(importers, request.nextToken());
    return ListImportsResponse.builder().imports(page.items()).nextToken(page.next()).build();
  }

  /** The stack of that name or id; events and resources call a missing one by its name. */
  private LiveStack stack(@Nullable String nameOrId) {
    String name = StackActions.required(nameOrId);
    return engine
        .stacks()
        .find(name)
        .orElseThrow(() -> Invalid.request("Stack [" + name + "] does not exist"));
  }
}
