package io.pipelab.local.ssm;

import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** The account's parameters by name. */
final class Parameters implements ParameterStore {
  private final CloudIdentity identity;
  private final Map<String, StoredParameter> byName = new ConcurrentSkipListMap<>();

  Parameters(CloudIdentity identity) {
    this.identity = identity;
  }

  List<StoredParameter> list() {
    return List.copyOf(byName.values());
  }

  Optional<StoredParameter> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The parameter of a name without a selector. */
  StoredParameter get(String name) {
    return named(name).orElseThrow(Refusals::notFound);
  }

  /** Makes or replaces one; the change gets what is there, or null. */
  StoredParameter put(String name, UnaryOperator<StoredParameter> change) {
    return byName.compute(name, (key, old) -> change.apply(old));
  }

  /** Changes one that is there. */
  void change(String name, UnaryOperator<StoredParameter> change) {
    if (byName.computeIfPresent(name, (key, old) -> change.apply(old)) == null) {
      throw Refusals.notFound();
    }
  }

  boolean delete(String name) {
    return byName.remove(name) != null;
  }

  /**
   * The version that a request names.
   *
   * @throws AwsError ParameterNotFound, ParameterVersionNotFound
   */
  ParameterVersion version(ParameterNames.Asked asked) {
    StoredParameter parameter = get(asked.name());
    String selector = asked.selector();
    return selector == null
        ? parameter.latest()
        : parameter
            .selected(selector)
            .orElseThrow(() -> Refusals.noVersion(asked.name(), selector));
  }

  @Override
  public Optional<Value> find(String name) {
    ParameterNames.Asked asked = ParameterNames.asked(identity, name);
    return named(asked.name())
        .flatMap(
            found ->
                asked.selector() == null
                    ? Optional.of(found.latest())
                    : found.selected(asked.selector()))
        .map(version -> new Value(version.type().toString(), version.text()));
  }
}
