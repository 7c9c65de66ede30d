package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Deployment;
import io.pipelab.local.cloudformation.engine.Engine;
import io.pipelab.local.cloudformation.engine.LiveStack;
import io.pipelab.local.cloudformation.template.Capabilities;
import io.pipelab.local.cloudformation.template.Invalid;
import io.pipelab.local.cloudformation.template.ParameterValues;
import io.pipelab.local.cloudformation.template.Plan;
import io.pipelab.local.cloudformation.template.PseudoParameters;
import io.pipelab.local.cloudformation.template.SupportCheck;
import io.pipelab.local.cloudformation.template.Template;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.ParameterStore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Turns requests into deployments: everything that can be refused before anything is created. */
final class Deployments {
  private static final int MAX_TAGS = 50;

  private final Engine engine;
  private final TemplateBodies bodies;
  private final ParameterStore store;

  Deployments(Engine engine, TemplateBodies bodies, ParameterStore store) {
    this.engine = engine;
    this.bodies = bodies;
    this.store = store;
  }

  /** Reads a template and refuses what the embedded cloud does not have. */
  Template template(@Nullable String body, @Nullable String url) {
    Template template = Template.parse(bodies.load(body, url));
    SupportCheck.require(template, engine.catalog().byName());
    return template;
  }

  /**
   * A deployment for a stack.
   *
   * @param existing the stack that is updated, or null
   * @throws AwsError ValidationError or InsufficientCapabilitiesException
   */
  Deployment of(
      StackInput input,
      String stackName,
      String stackId,
      @Nullable LiveStack existing,
      @Nullable String changeSetId) {
    Deployment previous = existing == null ? null : existing.deployment();
    Template template = template(input, previous);
    if (!Capabilities.covered(template, input.capabilities())) {
      throw AwsError.badRequest(
          "InsufficientCapabilitiesException",
          "Requires capabilities : [" + Capabilities.required(template).orElse("") + "]");
    }
    Map<String, String> parameters = ParameterValues.of(template, given(input, previous));
    Map<String, String> stored = ParameterValues.stored(template, parameters, store);
    PseudoParameters pseudo =
        new PseudoParameters(
            engine.identity().account(), engine.identity().region(), stackId, stackName);
    Plan plan = new Plan(template, parameters, stored, pseudo);
    SupportCheck.require(plan, engine.catalog().byName());
    return new Deployment(
        plan,
        tags(input, previous),
        input.capabilities(),
        input.roleArn() == null && previous != null ? previous.roleArn() : input.roleArn(),
        input.timeoutMinutes(),
        input.onFailure(),
        input.retainExceptOnCreate(),
        input.token(),
        changeSetId);
  }

  private Template template(StackInput input, @Nullable Deployment previous) {
    if (!input.usePreviousTemplate()) {
      Template read = Template.parse(bodies.load(input.templateBody(), input.templateUrl()));
      if (!read.unsupported().isEmpty()) {
        SupportCheck.require(read, engine.catalog().byName());
      }
      return read;
    }
    if (input.templateBody() != null || input.templateUrl() != null) {
      throw Invalid.request("You cannot specify both usePreviousTemplate and Template URL/Body.");
    }
    if (previous == null) {
      throw Invalid.request("Either Template URL or Template Body must be specified.");
    }
    return previous.plan().template();
  }

  private static Map<String, String> given(StackInput input, @Nullable Deployment previous) {
    Map<String, String> known = previous == null ? Map.of() : previous.plan().parameters();
    Map<String, String> given = new LinkedHashMap<>();
    for (Parameter parameter : input.parameters()) {
      String key = parameter.parameterKey();
      String value = parameter.parameterValue();
      if (Boolean.TRUE.equals(parameter.usePreviousValue())) {
        if (value != null || !known.containsKey(key)) {
          throw Invalid.request(
              "Invalid input for parameter key "
                  + key
                  + ". Cannot specify usePreviousValue as true for a parameter key not in the"
                  + " previous template");
        }
        value = known.get(key);
      }
      if (value != null && given.put(key, value) != null) {
        throw Invalid.request("Parameter " + key + " is specified more than once");
      }
    }
    return given;
  }

  private static Map<String, String> tags(StackInput input, @Nullable Deployment previous) {
    List<Tag> given = input.tags();
    if (given == null) {
      return previous == null ? Map.of() : previous.tags();
    }
    if (given.size() > MAX_TAGS) {
      throw Invalid.request("A stack can have at most " + MAX_TAGS + " tags.");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (Tag tag : given) {
      if (tag.key() == null || tag.value() == null) {
        throw Invalid.request("Every tag must have a key and a value.");
      }
      if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw Invalid.request("aws: prefixed tag key names are not allowed for external use.");
      }
      if (tags.put(tag.key(), tag.value()) != null) {
        throw Invalid.request("Duplicate tag keys found. Tag keys must be unique: " + tag.key());
      }
    }
    return Collections.unmodifiableMap(tags);
  }
}
