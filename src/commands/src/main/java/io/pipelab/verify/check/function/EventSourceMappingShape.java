package io.pipelab.verify.check.function;

import io.pipelab.lab.ShellCommand;
import io.pipelab.verify.check.Check;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.check.CheckType;
import io.pipelab.verify.check.Observation;
import io.pipelab.verify.check.Observation.Claim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * A function is called with what a queue holds: one mapping, enabled, with these settings.
 *
 * @param responseTypes null when they are not looked at
 * @param maximumConcurrency null when it is not looked at
 */
public record EventSourceMappingShape(
    String function,
    String source,
    long batchSize,
    @Nullable List<String> responseTypes,
    @Nullable String maximumConcurrency)
    implements Check {
  private static final String DELETING = "Deleting";
  private static final String UNLIMITED = "unlimited";

  public static final CheckType TYPE =
      CheckType.named("event-source-mapping")
          .needs("function", "source", "batchSize")
          .takes("responseTypes", "maximumConcurrency")
          .madeBy(
              settings ->
                  new EventSourceMappingShape(
                      settings.text("function"),
                      settings.text("source"),
                      settings.number("batchSize"),
                      settings.has("responseTypes") ? settings.texts("responseTypes") : null,
                      settings.has("maximumConcurrency")
                          ? settings.text("maximumConcurrency")
                          : null));

  @Override
  public Observation look(CheckScope scope) {
    Claim claim =
        Observation.expect(words("Enabled", batchSize, responseTypes, maximumConcurrency));
    List<EventSourceMappingConfiguration> all =
        scope
            .clients()
            .lambda()
            .listEventSourceMappingsPaginator(list -> list.functionName(function))
            .eventSourceMappings()
            .stream()
            .toList();
    List<EventSourceMappingConfiguration> ours =
        all.stream().filter(one -> source.equals(one.eventSourceArn())).toList();
    if (ours.isEmpty()) {
      return claim.never(queue() + " calls nothing of " + function).fixedBy(fix(all, null));
    }
    List<String> others = new ArrayList<>();
    all.stream()
        .filter(one -> !source.equals(one.eventSourceArn()))
        .forEach(one -> others.add("also called by " + one.eventSourceArn()));
    if (ours.size() > 1) {
      others.add(ours.size() + " mappings of " + queue());
    }
    Observation seen = judge(claim, ours.get(0), others);
    // What is going away cannot be changed; once it is gone another can be made.
    return DELETING.equals(ours.get(0).state()) ? seen : seen.fixedBy(fix(all, ours.get(0)));
  }

  /**
   * One mapping with the settings, and no other.
   *
   * @param kept the one to be changed; null when it is to be made
   */
  private ShellCommand fix(
      List<EventSourceMappingConfiguration> all, @Nullable EventSourceMappingConfiguration kept) {
    List<List<String>> calls = new ArrayList<>();
    for (EventSourceMappingConfiguration one : all) {
      if (kept == null || !one.uuid().equals(kept.uuid())) {
        calls.add(List.of("aws", "lambda", "delete-event-source-mapping", "--uuid", one.uuid()));
      }
    }
    List<String> call = new ArrayList<>(List.of("aws", "lambda"));
    if (kept == null) {
      call.addAll(List.of("create-event-source-mapping", "--function-name", function));
      call.addAll(List.of("--event-source-arn", source));
    } else {
      call.addAll(List.of("update-event-source-mapping", "--uuid", kept.uuid()));
      call.addAll(List.of("--function-name", function, "--enabled"));
    }
    call.addAll(List.of("--batch-size", String.valueOf(batchSize)));
    if (responseTypes != null) {
      call.add("--function-response-types");
      call.addAll(responseTypes.isEmpty() ? List.of("[]") : responseTypes);
    }
    if (maximumConcurrency != null) {
      String most = "MaximumConcurrency=" + maximumConcurrency;
      call.addAll(List.of("--scaling-config", maximumConcurrency.equals(UNLIMITED) ? "{}" : most));
    }
    calls.add(call);
    return new ShellCommand(calls);
  }

  private Observation judge(Claim claim, EventSourceMappingConfiguration one, List<String> others) {
    String concurrency =
        one.scalingConfig() == null || one.scalingConfig().maximumConcurrency() == null
            ? UNLIMITED
            : String.valueOf(one.scalingConfig().maximumConcurrency());
    String actual =
        words(
            one.state(),
            one.batchSize() == null ? 0 : one.batchSize(),
            responseTypes == null ? null : one.functionResponseTypesAsStrings(),
            maximumConcurrency == null ? null : concurrency);
    if (!others.isEmpty()) {
      return claim.never(actual + "; " + String.join("; ", others));
    }
    if (actual.equals(claim.expected())) {
      return claim.holds(actual);
    }
    boolean changes = List.of("Creating", "Enabling", "Updating", DELETING).contains(one.state());
    return changes ? claim.lacks(actual) : claim.never(actual);
  }

  private String words(
      String state, long batch, @Nullable List<String> responses, @Nullable String concurrency) {
    String words = "%s calls %s: %s, batch size %d".formatted(queue(), function, state, batch);
    if (responses != null) {
      words += ", " + (responses.isEmpty() ? "no partial failures" : String.join(", ", responses));
    }
    return concurrency == null ? words : words + ", at most " + concurrency + " at once";
  }

  private String queue() {
    return source.substring(source.lastIndexOf(':') + 1);
  }
}
