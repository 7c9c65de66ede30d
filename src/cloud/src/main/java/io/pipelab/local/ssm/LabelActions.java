package io.pipelab.local.ssm;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.LabelParameterVersionResponse;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionRequest;
import software.amazon.awssdk.services.ssm.model.UnlabelParameterVersionResponse;

/** Labels of versions: a label is on one version of a parameter at a time. */
final class LabelActions {
  private static final int MOST_LABELS = 10;
  private static final Pattern LABEL =
      Pattern.compile("(?!(?i:aws|ssm))[a-zA-Z_.\\-][a-zA-Z0-9_.\\-]{0,99}");

  private final Parameters parameters;

  LabelActions(Parameters parameters) {
    this.parameters = parameters;
  }

  void addTo(Actions actions) {
    actions
        .on(LabelParameterVersionRequest.class, this::label)
        .on(UnlabelParameterVersionRequest.class, this::unlabel);
  }

  private LabelParameterVersionResponse label(LabelParameterVersionRequest request) {
    long number = number(request.name(), request.parameterVersion());
    List<String> valid = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    request.labels().forEach(each -> (LABEL.matcher(each).matches() ? valid : invalid).add(each));
    parameters.change(request.name(), parameter -> moved(parameter, number, valid));
    return LabelParameterVersionResponse.builder()
        .invalidLabels(invalid)
        .parameterVersion(number)
        .build();
  }

  private static StoredParameter moved(
      StoredParameter parameter, long number, List<String> labels) {
    StoredParameter changed = parameter;
    for (Long other : parameter.labels().keySet()) {
      changed =
          changed.withLabels(
              other,
              have -> {
                have.removeAll(labels);
                return have;
              });
    }
    changed =
        changed.withLabels(
            number,
            have -> {
              have.addAll(labels);
              return have;
            });
    if (changed.labelsOf(number).size() > MOST_LABELS) {
      throw AwsError.badRequest(
          "ParameterVersionLabelLimitExceeded",
          "An error occurred (ParameterVersionLabelLimitExceeded) when calling the"
              + " LabelParameterVersion operation: A parameter version can have maximum "
              + MOST_LABELS
              + " labels.Move one or more labels to another version and try again.");
    }
    return changed;
  }

  private UnlabelParameterVersionResponse unlabel(UnlabelParameterVersionRequest request) {
    long number = number(request.name(), request.parameterVersion());
    List<String> removed = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    parameters.change(
        request.name(),
        parameter ->
            parameter.withLabels(
                number,
                have -> {
                  request
                      .labels()
                      .forEach(each -> (have.remove(each) ? removed : invalid).add(each));
                  return have;
                }));
    return UnlabelParameterVersionResponse.builder()
        .removedLabels(removed)
        .invalidLabels(invalid)
        .build();
  }

  /** The version that is meant; the latest when none is named. */
  private long number(String name, @Nullable Long asked) {
    StoredParameter parameter = parameters.get(name);
    long number = Objects.requireNonNullElse(asked, parameter.latest().number());
    if (parameter.version(number).isEmpty()) {
      throw Refusals.noVersion(name, String.valueOf(number));
    }
    return number;
  }
}
