package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.lambda.execution.DeploymentPackage;
import io.pipelab.local.wire.SameMembers;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.DeleteLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionByArnRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionByArnResponse;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.GetLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.LayerVersionsListItem;
import software.amazon.awssdk.services.lambda.model.LayersListItem;
import software.amazon.awssdk.services.lambda.model.ListLayerVersionsRequest;
import software.amazon.awssdk.services.lambda.model.ListLayerVersionsResponse;
import software.amazon.awssdk.services.lambda.model.ListLayersRequest;
import software.amazon.awssdk.services.lambda.model.ListLayersResponse;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;

/** Versions of layers: publish, describe, delete. */
final class LayerActions {
  private final Layers layers;
  private final CodeSource code;
  private final CloudClock clock;

  LayerActions(Layers layers, CodeSource code, CloudClock clock) {
    this.layers = layers;
    this.code = code;
    this.clock = clock;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(PublishLayerVersionRequest.class, this::publishLayerVersion)
        .on(GetLayerVersionRequest.class, this::getLayerVersion)
        .on(GetLayerVersionByArnRequest.class, this::getLayerVersionByArn)
        .on(ListLayersRequest.class, this::listLayers)
        .on(ListLayerVersionsRequest.class, this::listLayerVersions)
        .on(DeleteLayerVersionRequest.class, this::deleteLayerVersion);
  }

  PublishLayerVersionResponse publishLayerVersion(PublishLayerVersionRequest request) {
    FunctionCode given = SameMembers.copy(request.content(), FunctionCode.builder()).build();
    DeploymentPackage content = code.archive(given);
    LayerVersion published =
        layers.publish(
            request.layerName(),
            number -> new LayerVersion(describe(request, content, number), content, null));
    return SameMembers.copy(published.description(), PublishLayerVersionResponse.builder()).build();
  }

  private GetLayerVersionResponse describe(
      PublishLayerVersionRequest request, DeploymentPackage content, long number) {
    String arn = layers.arn(request.layerName());
    GetLayerVersionResponse.Builder description =
        GetLayerVersionResponse.builder()
            .layerArn(arn)
            .layerVersionArn(arn + ":" + number)
            .version(number)
            .description(request.description() == null ? "" : request.description())
            .createdDate(LastModified.text(clock.now()))
            .licenseInfo(request.licenseInfo())
            .content(
                location ->
                    location
                        .location(content.zip().toUri().toString())
                        .codeSha256(content.sha256())
                        .codeSize(content.size()));
    if (request.hasCompatibleRuntimes()) {
      description.compatibleRuntimesWithStrings(request.compatibleRuntimesAsStrings());
    }
    if (request.hasCompatibleArchitectures()) {
      description.compatibleArchitecturesWithStrings(request.compatibleArchitecturesAsStrings());
    }
    return description.build();
  }

  GetLayerVersionResponse getLayerVersion(GetLayerVersionRequest request) {
    requireNumber(request.versionNumber());
    return layers
        .find(request.layerName(), request.versionNumber())
        .orElseThrow(LayerActions::absent)
        .description();
  }

  GetLayerVersionByArnResponse getLayerVersionByArn(GetLayerVersionByArnRequest request) {
    LayerVersion version = layers.find(request.arn()).orElseThrow(LayerActions::absent);
    return SameMembers.copy(version.description(), GetLayerVersionByArnResponse.builder()).build();
  }

  static void requireNumber(long version) {
    if (version < 1) {
      throw Errors.invalid("Layer Version Cannot be less than 1.");
    }
  }

  private static AwsError absent() {
    return Errors.notFound("The resource you requested does not exist.");
  }

  ListLayersResponse listLayers(ListLayersRequest request) {
    List<LayersListItem> all = new ArrayList<>();
    for (String name : layers.names()) {
      List<LayerVersion> matching =
          layers.versions(
              name, request.compatibleRuntimeAsString(), request.compatibleArchitectureAsString());
      if (!matching.isEmpty()) {
        all.add(
            LayersListItem.builder()
                .layerName(name)
                .layerArn(layers.arn(name))
                .latestMatchingVersion(item(matching.get(0)))
                .build());
      }
    }
    Page<LayersListItem> page = Page.of(all, request.marker(), request.maxItems(), 50);
    return ListLayersResponse.builder().layers(page.items()).nextMarker(page.next()).build();
  }

  ListLayerVersionsResponse listLayerVersions(ListLayerVersionsRequest request) {
    List<LayerVersionsListItem> all =
        layers
            .versions(
                request.layerName(),
                request.compatibleRuntimeAsString(),
                request.compatibleArchitectureAsString())
            .stream()
            .map(LayerActions::item)
            .toList();
    Page<LayerVersionsListItem> page = Page.of(all, request.marker(), request.maxItems(), 50);
    return ListLayerVersionsResponse.builder()
        .layerVersions(page.items())
        .nextMarker(page.next())
        .build();
  }

  private static LayerVersionsListItem item(LayerVersion version) {
    return SameMembers.copy(version.description(), LayerVersionsListItem.builder()).build();
  }

  /** Functions that use it keep it; one that is gone already is deleted. */
  DeleteLayerVersionResponse deleteLayerVersion(DeleteLayerVersionRequest request) {
    requireNumber(request.versionNumber());
    layers
        .remove(request.layerName(), request.versionNumber())
        .ifPresent(gone -> gone.content().release());
    return DeleteLayerVersionResponse.builder().build();
  }
}
