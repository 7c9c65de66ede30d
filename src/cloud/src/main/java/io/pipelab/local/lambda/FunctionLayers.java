package io.pipelab.local.lambda;

import io.pipelab.local.lambda.execution.DeploymentPackage;
import io.pipelab.local.lambda.execution.LayeredCode;
import io.pipelab.local.lambda.execution.StoredCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.Layer;

/** Lays the layers that a function names under its code. */
final class FunctionLayers {
  private static final int MOST = 5;
  private static final long MOST_BYTES = 262_144_000;

  private final Layers layers;

  FunctionLayers(Layers layers) {
    this.layers = layers;
  }

  /**
   * Finds what a request names.
   *
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValueException
   */
  List<LayerVersion> find(List<String> arns) {
    if (arns.size() > MOST) {
      throw Errors.invalid("Cannot reference more than " + MOST + " layers.");
    }
    Map<String, String> versions = new HashMap<>();
    List<LayerVersion> found = new ArrayList<>();
    for (String arn : arns) {
      if (!arn.matches(Layers.VERSION_ARN)) {
        throw Errors.constraint(
            "[" + String.join(", ", arns) + "]",
            "layers",
            "satisfy constraint: [Member must have length less than or equal to 140, Member must"
                + " have length greater than or equal to 1, Member must satisfy regular expression"
                + " pattern: "
                + Layers.VERSION_ARN
                + ", Member must not be null]");
      }
      found.add(
          layers
              .find(arn)
              .orElseThrow(() -> Errors.invalid("Layer version " + arn + " does not exist.")));
      String other = versions.put(arn.substring(0, arn.lastIndexOf(':')), arn);
      if (other != null) {
        throw Errors.invalid(
            "Two different versions of the same layer are not allowed to be referenced in the same"
                + " function. "
                + other
                + " and "
                + arn
                + " are versions of the same layer.");
      }
    }
    return found;
  }

  /** The configuration of a function that has these layers. */
  static FunctionConfiguration configured(
      FunctionConfiguration settings, List<LayerVersion> layers) {
    List<Layer> described =
        layers.stream()
            .map(layer -> Layer.builder().arn(layer.arn()).codeSize(layer.content().size()).build())
            .toList();
    FunctionConfiguration.Builder next = settings.toBuilder();
    return (described.isEmpty() ? next.layers((List<Layer>) null) : next.layers(described)).build();
  }

  /**
   * Code with other layers under it; the caller uses it until he releases it.
   *
   * @param code in use
   * @throws io.pipelab.local.kernel.AwsError InvalidParameterValueException when all together is
   *     too large, ResourceConflictException when a layer is deleted at the same time
   */
  static StoredCode over(StoredCode code, List<LayerVersion> layers) {
    return layered(code, layers.stream().map(LayerVersion::content).toList());
  }

  /** New code over the layers that the function has; the caller uses it until he releases it. */
  static StoredCode keeping(StoredCode before, StoredCode code) {
    return layered(code, before instanceof LayeredCode layered ? layered.layers() : List.of());
  }

  private static StoredCode layered(StoredCode code, List<DeploymentPackage> layers) {
    StoredCode next = code;
    if (code instanceof LayeredCode layered) {
      next = layered.archive();
    }
    if (next instanceof DeploymentPackage archive && !layers.isEmpty()) {
      LayeredCode layered = new LayeredCode(archive, layers);
      if (layered.unpackedSize() > MOST_BYTES) {
        throw Errors.invalid(
            "Function code combined with layers exceeds the maximum allowed size of "
                + MOST_BYTES
                + " bytes. The actual size is "
                + layered.unpackedSize()
                + " bytes.");
      }
      next = layered;
    }
    if (!next.retain()) {
      throw Errors.conflict("The function's code or a layer was deleted at the same time.");
    }
    return next;
  }
}
