package io.pipelab.local.ssm;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** Parameters by their names: put, get, history, delete. */
final class ParameterActions {
  private static final int MOST_NAMES = 10;
  private static final int MOST_HISTORY = 50;

  private final CloudIdentity identity;
  private final Parameters parameters;
  private final PutParameter put;

  ParameterActions(CloudIdentity identity, Parameters parameters, PutParameter put) {
    this.identity = identity;
    this.parameters = parameters;
    this.put = put;
  }

  void addTo(Actions actions) {
    actions
        .on(PutParameterRequest.class, put::put)
        .on(GetParameterRequest.class, this::getParameter)
        .on(GetParametersRequest.class, this::getParameters)
        .on(GetParameterHistoryRequest.class, this::getParameterHistory)
        .on(DeleteParameterRequest.class, this::deleteParameter)
        .on(DeleteParametersRequest.class, this::deleteParameters);
  }

  private GetParameterResponse getParameter(GetParameterRequest request) {
    ParameterNames.Asked asked = ParameterNames.asked(identity, request.name());
    ParameterVersion version = parameters.version(asked);
    return GetParameterResponse.builder()
        .parameter(model(asked, version, Boolean.TRUE.equals(request.withDecryption())))
        .build();
  }

  private GetParametersResponse getParameters(GetParametersRequest request) {
    checkNames(request.names());
    boolean decrypted = Boolean.TRUE.equals(request.withDecryption());
    List<Parameter> found = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : request.names()) {
      ParameterNames.Asked asked = ParameterNames.asked(identity, name);
      Optional<ParameterVersion> version =
          parameters
              .named(asked.name())
              .flatMap(
                  each ->
                      asked.selector() == null
                          ? Optional.of(each.latest())
                          : each.selected(asked.selector()));
      version.ifPresentOrElse(
          each -> found.add(model(asked, each, decrypted)), () -> invalid.add(name));
    }
    return GetParametersResponse.builder().parameters(found).invalidParameters(invalid).build();
  }

  private static void checkNames(List<String> names) {
    if (names.isEmpty() || names.size() > MOST_NAMES) {
      throw Refusals.invalid(
          "1 validation error detected: Value '"
              + names
              + "' at 'names' failed to satisfy constraint: Member must have length "
              + (names.isEmpty() ? "greater than or equal to 1" : "less than or equal to 10"));
    }
    Set<String> seen = new HashSet<>();
    List<String> twice = names.stream().filter(each -> !seen.add(each)).toList();
    if (!twice.isEmpty()) {
      throw Refusals.invalid("The following parameters names are duplicates: " + twice);
    }
  }

  /** A parameter as it is answered: with its selector where it was asked for with one. */
  Parameter model(ParameterNames.Asked asked, ParameterVersion version, boolean decrypted) {
    return Parameter.builder()
        .name(asked.name())
        .type(version.type())
        .value(version.shown(decrypted))
        .version(version.number())
        .selector(asked.selector() == null ? null : ":" + asked.selector())
        .lastModifiedDate(version.modified())
        .arn(ParameterNames.arn(identity, asked.name()))
        .dataType(version.dataType())
        .build();
  }

  private GetParameterHistoryResponse getParameterHistory(GetParameterHistoryRequest request) {
    StoredParameter parameter =
        parameters.get(ParameterNames.asked(identity, request.name()).name());
    boolean decrypted = Boolean.TRUE.equals(request.withDecryption());
    Page<ParameterVersion> page =
        Page.of(parameter.versions(), request.nextToken(), request.maxResults(), MOST_HISTORY);
    return GetParameterHistoryResponse.builder()
        .parameters(page.items().stream().map(each -> past(parameter, each, decrypted)).toList())
        .nextToken(page.next())
        .build();
  }

  private static ParameterHistory past(
      StoredParameter parameter, ParameterVersion version, boolean decrypted) {
    return ParameterHistory.builder()
        .name(parameter.name())
        .type(version.type())
        .keyId(version.keyId())
        .lastModifiedDate(version.modified())
        .lastModifiedUser(version.modifiedBy())
        .description(version.description())
        .value(version.shown(decrypted))
        .allowedPattern(version.allowedPattern())
        .version(version.number())
        .labels(List.copyOf(parameter.labelsOf(version.number())))
        .tier(version.tier())
        .policies(List.of())
        .dataType(version.dataType())
        .build();
  }

  DeleteParameterResponse deleteParameter(DeleteParameterRequest request) {
    if (!parameters.delete(request.name())) {
      throw Refusals.notFound();
    }
    return DeleteParameterResponse.builder().build();
  }

  private DeleteParametersResponse deleteParameters(DeleteParametersRequest request) {
    checkNames(request.names());
    List<String> deleted = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    request.names().forEach(name -> (parameters.delete(name) ? deleted : invalid).add(name));
    return DeleteParametersResponse.builder()
        .deletedParameters(deleted)
        .invalidParameters(invalid)
        .build();
  }
}
