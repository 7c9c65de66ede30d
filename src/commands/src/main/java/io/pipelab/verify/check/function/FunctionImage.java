package io.pipelab.verify.check.function;

import io.pipelab.lab.Lab;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import software.amazon.awssdk.services.lambda.model.FunctionCodeLocation;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * A function runs this image, and Lambda resolved it to the digest that it names.
 *
 * @param image by its digest: {@code URI@sha256:...}
 */
public record FunctionImage(String function, String image) implements Check {
  public static final CheckType TYPE =
      CheckType.named("function-image")
          .needs("function", "image")
          .madeBy(settings -> new FunctionImage(settings.text("function"), settings.text("image")));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim = Observation.expect(function + " runs " + shortened(image));
    if (image.endsWith(Lab.ImageSpec.NO_REGISTRY)) {
      return claim.unsupported("it has no registry, so no image was pushed");
    }
    FunctionCodeLocation code;
    try {
      code = scope.clients().lambda().getFunction(get -> get.functionName(function)).code();
    } catch (ResourceNotFoundException e) {
      return claim.lacks("there is no function " + function);
    }
    if (code == null || code.imageUri() == null) {
      return claim.never(function + " runs no image");
    }
    boolean same = image.equals(code.imageUri()) && image.equals(code.resolvedImageUri());
    return same
        ? claim.holds("exactly that")
        : claim
            .never("it runs " + shortened(String.valueOf(code.resolvedImageUri())))
            .fixedBy(
                "aws",
                "lambda",
                "update-function-code",
                "--function-name",
                function,
                "--image-uri",
                image);
  }

  private static String shortened(String uri) {
    int digest = uri.indexOf("sha256:");
    return digest < 0 || uri.length() < digest + 19
        ? uri
        : uri.substring(uri.lastIndexOf('/', digest) + 1, digest + 19);
  }
}
