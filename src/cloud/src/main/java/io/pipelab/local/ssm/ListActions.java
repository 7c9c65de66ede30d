package io.pipelab.local.ssm;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/** DescribeParameters and GetParametersByPath. */
final class ListActions {
  private static final int MOST_DESCRIBED = 50;
  private static final int MOST_BY_PATH = 10;

  private static final String PATH_RULE =
      "The parameter doesn't meet the parameter name requirements. The parameter name must begin"
          + " with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\""
          + " (case-insensitive). It must use only letters, numbers, or the following symbols: ."
          + " (period), - (hyphen), _ (underscore). Special characters are not allowed. All"
          + " sub-paths, if specified, must use the forward slash symbol \"/\". Valid example:"
          + " /get/parameters2-/by1./path0_.";

  private final CloudIdentity identity;
  private final Parameters parameters;
  private final ParameterActions actions;

  ListActions(CloudIdentity identity, Parameters parameters, ParameterActions actions) {
    this.identity = identity;
    this.parameters = parameters;
    this.actions = actions;
  }

  void addTo(Actions table) {
    table
        .on(DescribeParametersRequest.class, this::describeParameters)
        .on(GetParametersByPathRequest.class, this::getParametersByPath);
  }

  private DescribeParametersResponse describeParameters(DescribeParametersRequest request) {
    Predicate<StoredParameter> wanted = ParameterFilters.of(request.parameterFilters());
    List<StoredParameter> all = parameters.list().stream().filter(wanted).toList();
    Page<StoredParameter> page =
        Page.of(all, request.nextToken(), request.maxResults(), MOST_DESCRIBED);
    return DescribeParametersResponse.builder()
        .parameters(page.items().stream().map(this::metadata).toList())
        .nextToken(page.next())
        .build();
  }

  private ParameterMetadata metadata(StoredParameter parameter) {
    ParameterVersion latest = parameter.latest();
    return ParameterMetadata.builder()
        .name(parameter.name())
        .arn(ParameterNames.arn(identity, parameter.name()))
        .type(latest.type())
        .keyId(latest.keyId())
        .lastModifiedDate(latest.modified())
        .lastModifiedUser(latest.modifiedBy())
        .description(latest.description())
        .allowedPattern(latest.allowedPattern())
        .version(latest.number())
        .tier(latest.tier())
        .policies(List.of())
        .dataType(latest.dataType())
        .build();
  }

  private GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
    String path = Objects.requireNonNull(request.path(), "Path");
    if (!path.startsWith("/") || !path.matches("[a-zA-Z0-9_.\\-/]+")) {
      throw Refusals.invalid(PATH_RULE);
    }
    boolean recursive = Boolean.TRUE.equals(request.recursive());
    boolean decrypted = Boolean.TRUE.equals(request.withDecryption());
    Predicate<StoredParameter> wanted = ParameterFilters.of(request.parameterFilters());
    List<StoredParameter> all =
        parameters.list().stream()
            .filter(each -> ParameterFilters.isBelow(each.name(), path, recursive))
            .filter(wanted)
            .toList();
    Page<StoredParameter> page =
        Page.of(all, request.nextToken(), request.maxResults(), MOST_BY_PATH);
    return GetParametersByPathResponse.builder()
        .parameters(
            page.items().stream()
                .map(
                    each ->
                        actions.model(
                            new ParameterNames.Asked(each.name(), null), each.latest(), decrypted))
                .toList())
        .nextToken(page.next())
        .build();
  }
}
