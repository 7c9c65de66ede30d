package io.pipelab.local.lambda;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Page;
import io.pipelab.local.wire.SameMembers;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;

/** Published versions of functions. */
final class VersionActions {
  private final Functions functions;
  private final FunctionActions publishing;

  VersionActions(Functions functions, FunctionActions publishing) {
    this.functions = functions;
    this.publishing = publishing;
  }

  Actions addTo(Actions actions) {
    return actions
        .on(PublishVersionRequest.class, this::publishVersion)
        .on(ListVersionsByFunctionRequest.class, this::listVersionsByFunction);
  }

  PublishVersionResponse publishVersion(PublishVersionRequest request) {
    LambdaFunction function = functions.get(FunctionName.parse(request.functionName(), null));
    FunctionActions.checkRevision(request.revisionId(), function);
    String sha256 = function.latest().code().sha256();
    if (request.codeSha256() != null && !request.codeSha256().equals(sha256)) {
      throw Errors.invalid(
          "CodeSHA256 ("
              + request.codeSha256()
              + ") is different from current CodeSHA256 in $LATEST ("
              + sha256
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    FunctionVersion version = publishing.publish(function, request.description());
    return SameMembers.copy(version.configuration(), PublishVersionResponse.builder()).build();
  }

  ListVersionsByFunctionResponse listVersionsByFunction(ListVersionsByFunctionRequest request) {
    LambdaFunction function = functions.get(FunctionName.parse(request.functionName(), null));
    List<FunctionConfiguration> all = new ArrayList<>();
    all.add(
        function.latest().configuration().toBuilder()
            .functionArn(function.arn() + ":" + FunctionName.LATEST)
            .build());
    function.published().forEach(version -> all.add(version.configuration()));
    Page<FunctionConfiguration> page = Page.of(all, request.marker(), request.maxItems(), 50);
    return ListVersionsByFunctionResponse.builder()
        .versions(page.items())
        .nextMarker(page.next())
        .build();
  }
}
