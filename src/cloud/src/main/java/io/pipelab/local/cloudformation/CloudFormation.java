package io.pipelab.local.cloudformation;

import io.pipelab.local.cloudformation.engine.Catalog;
import io.pipelab.local.cloudformation.engine.DynamicValues;
import io.pipelab.local.cloudformation.engine.Engine;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ObjectStore;
import io.pipelab.local.kernel.ParameterStore;
import io.pipelab.local.kernel.ServiceEvents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The CloudFormation service: stacks, change sets, exports, templates. */
public final class CloudFormation implements AwsService {
  private final CloudClock clock;
  private final Engine engine;
  private final TemplateBodies bodies;
  private final ParameterStore parameters;
  private final StatusEvents statusEvents = new StatusEvents();
  private final ChangeSets changeSets;

  /**
   * The service.
   *
   * @param types the resource types of all services; asked for once, on first use
   * @param objects where templates behind a TemplateURL are
   * @param dynamicValues what dynamic references mean
   * @param parameters what templates' parameters may name
   */
  public CloudFormation(
      CloudIdentity identity,
      CloudClock clock,
      Supplier<Collection<ResourceType>> types,
      ObjectStore objects,
      DynamicValues dynamicValues,
      ParameterStore parameters) {
    this.clock = clock;
    this.engine =
        new Engine(
            identity, clock, new Catalog(() -> withOwn(types.get())), dynamicValues, statusEvents);
    this.bodies = new TemplateBodies(identity, objects);
    this.parameters = parameters;
    this.changeSets = new ChangeSets(engine.stacks());
  }

  /** Tells of stacks and their resources from now on. */
  public void connect(ServiceEvents events) {
    statusEvents.connect(events);
  }

  private static List<ResourceType> withOwn(Collection<ResourceType> types) {
    List<ResourceType> all = new ArrayList<>(types);
    all.add(new CdkMetadataResource());
    return all;
  }

  @Override
  public String signingName() {
    return "cloudformation";
  }

  /** IAM knows stacks alone: what is done with a change set is done with its stack. */
  @Override
  public String resourceArn(String asked) {
    String stack = asked.contains(":changeSet/") ? changeSets.stackOf(asked) : null;
    return stack == null ? asked : stack;
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    Deployments deployments = new Deployments(engine, bodies, parameters);
    new StackActions(engine, deployments).addTo(actions);
    new QueryActions(engine).addTo(actions);
    new TemplateActions(engine, deployments, changeSets).addTo(actions);
    new ChangeSetActions(engine, clock, deployments, changeSets).addTo(actions);
    return actions;
  }

  /** The resource types of all services, by name. */
  public Map<String, ResourceType> resourceTypes() {
    return engine.catalog().byName();
  }

  Engine engine() {
    return engine;
  }

  /** Ends operations under way where they stand. */
  @Override
  public void close() {
    engine.close();
  }
}
