package io.pipelab.local.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipelab.local.cloudformation.resource.Absent;
import io.pipelab.local.cloudformation.resource.PhysicalResource;
import io.pipelab.local.cloudformation.resource.ResourceRequest;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudformation.resource.TypeSchema;
import io.pipelab.local.wire.Pojos;
import software.amazon.awssdk.services.lambda.model.DeleteLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;

/** AWS::Lambda::LayerVersion. */
final class LayerVersionResource implements ResourceType {
  private static final TypeSchema SCHEMA =
      TypeSchema.of("AWS::Lambda::LayerVersion")
          .createOnly(
              "CompatibleArchitectures",
              "CompatibleRuntimes",
              "Content",
              "Description",
              "LayerName",
              "LicenseInfo")
          .required("Content")
          .attributes("LayerVersionArn");

  private final LayerActions layers;

  LayerVersionResource(LayerActions layers) {
    this.layers = layers;
  }

  @Override
  public TypeSchema schema() {
    return SCHEMA;
  }

  @Override
  public PhysicalResource create(ResourceRequest request) {
    ObjectNode properties = request.properties().deepCopy();
    properties.put("LayerName", request.nameOr("LayerName", 140));
    PublishLayerVersionResponse published =
        layers.publishLayerVersion(Pojos.bind(properties, PublishLayerVersionRequest.builder()));
    return PhysicalResource.of(published.layerVersionArn())
        .with("LayerVersionArn", published.layerVersionArn());
  }

  @Override
  public void delete(PhysicalResource current, ResourceRequest last) {
    String arn = current.physicalId();
    int cut = arn.lastIndexOf(':');
    Absent.isFine(
        () ->
            layers.deleteLayerVersion(
                DeleteLayerVersionRequest.builder()
                    .layerName(arn.substring(0, cut))
                    .versionNumber(Long.valueOf(arn.substring(cut + 1)))
                    .build()));
  }
}
