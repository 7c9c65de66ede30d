package io.pipelab.local.lambda;

import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.kernel.AccessControl;
import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.Arn;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.ChildProcesses;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ContainerImages;
import io.pipelab.local.kernel.EventBuses;
import io.pipelab.local.kernel.FunctionInvoker;
import io.pipelab.local.kernel.HttpEndpoint;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.MessageQueues;
import io.pipelab.local.kernel.Metrics;
import io.pipelab.local.kernel.NetworkInterfaces;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.ObjectStore;
import io.pipelab.local.kernel.RoleSessions;
import io.pipelab.local.kernel.StepThreads;
import io.pipelab.local.kernel.TopicPublisher;
import io.pipelab.local.kernel.VpcNetwork;
import io.pipelab.local.lambda.execution.DeploymentPackages;
import io.pipelab.local.lambda.execution.EnvironmentLauncher;
import io.pipelab.local.lambda.execution.Environments;
import io.pipelab.local.lambda.execution.FunctionImages;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda service: Java functions, from zip archives and container images, on the host's JVM.
 * Event source mappings for other sources than queues, and weighted aliases are not implemented.
 */
public final class Lambda implements AwsService {
  private static final int STEPS_AT_A_TIME =
      Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

  private final Functions functions;
  private final Environments environments;
  private final FunctionImages images;
  private final Executor steps = StepThreads.named("lambda-step", STEPS_AT_A_TIME);
  private final AsyncEvents events;
  private final Invocations invocations;
  private final FunctionActions functionActions;
  private final PermissionActions permissionActions;
  private final AliasActions aliasActions;
  private final VersionActions versionActions;
  private final ConcurrencyActions concurrencyActions;
  private final CodeSigningActions codeSigningActions;
  private final EventInvokeConfigActions eventInvokeConfigActions;
  private final LayerActions layerActions;
  private final LayerPermissionActions layerPermissionActions;
  private final TagActions tagActions;
  private final UrlActions urlActions;
  private final UrlEndpoint urlEndpoint;
  private final EventSourceMappings mappings;
  private final EventSourceMappingActions mappingActions;
  private final Destinations destinations;

  /**
   * @param data a folder of its own, for code and for what functions write to their temporary
   *     folders
   * @param roles asked when a function is created and when an environment starts
   * @param access asked for what Lambda does with a function's role
   * @param objects where code is uploaded to
   * @param queues for event source mappings, dead letters and destinations
   * @param topics for dead letters and destinations
   * @param containerImages for functions that are images
   * @param network where functions may run
   * @param interfaces where functions in VPCs get theirs
   * @param tenants who is told in which network each function is
   */
  public Lambda(
      CloudIdentity identity,
      CloudClock clock,
      Path data,
      ChildProcesses processes,
      RoleSessions roles,
      AccessControl access,
      LogSink logs,
      ObjectStore objects,
      Metrics metrics,
      MessageQueues queues,
      TopicPublisher topics,
      ContainerImages containerImages,
      VpcNetwork network,
      NetworkInterfaces interfaces,
      NetworkTenants tenants) {
    DeploymentPackages packages = new DeploymentPackages(data.resolve("code"));
    this.images = new FunctionImages(containerImages, data.resolve("images"));
    this.functions = new Functions(identity);
    FunctionNetwork functionNetwork =
        new FunctionNetwork(network, interfaces, access, identity, functions);
    this.environments =
        Environments.onThisMachine(
            new EnvironmentLauncher(
                data, processes, clock, identity, logs, roles, tenants, functionNetwork),
            clock,
            steps);
    FunctionMetrics functionMetrics = new FunctionMetrics(metrics);
    this.invocations =
        new Invocations(functions, new Authorizer(identity), environments, functionMetrics);
    this.destinations =
        new Destinations(identity, clock, queues, topics, access, functionMetrics, this::chain);
    this.events = new AsyncEvents(invocations, destinations, functionMetrics, clock, steps);
    CodeSource code = new CodeSource(packages, images, objects);
    Layers layers = new Layers(identity);
    this.functionActions =
        new FunctionActions(
            functions,
            code,
            new FunctionLayers(layers),
            environments,
            functionNetwork,
            roles,
            identity,
            clock);
    this.layerActions = new LayerActions(layers, code, clock);
    this.layerPermissionActions = new LayerPermissionActions(layers);
    this.permissionActions = new PermissionActions(functions, identity);
    this.aliasActions = new AliasActions(functions);
    this.versionActions = new VersionActions(functions, functionActions);
    this.concurrencyActions = new ConcurrencyActions(functions);
    this.codeSigningActions = new CodeSigningActions(functions);
    this.eventInvokeConfigActions = new EventInvokeConfigActions(functions, clock);
    this.urlActions = new UrlActions(functions, identity, clock);
    this.urlEndpoint =
        new UrlEndpoint(
            identity,
            clock,
            functions,
            new UrlAuthorizer(identity, access),
            invocations,
            functionMetrics);
    this.mappings = new EventSourceMappings(identity, invocations, queues, steps);
    functions.tell(mappings::lookAgain);
    this.tagActions = new TagActions(functions, mappings);
    this.mappingActions =
        new EventSourceMappingActions(
            mappings, new MappingChecks(functions, queues, access, identity), identity, clock);
  }

  /** Gives asynchronous invocations the buses that are their destinations. */
  public void connect(EventBuses buses) {
    destinations.connect(buses);
  }

  /** Hands a destination record to another function; the sender's role was asked before. */
  private void chain(String functionArn, byte[] record) {
    Target target = invocations.target(FunctionName.parse(functionArn, null));
    events.accept(target, Invoker.newRequestId(), record);
  }

  @Override
  public String signingName() {
    return "lambda";
  }

  @Override
  public Actions actions() {
    Actions actions = new Actions();
    functionActions.addTo(actions);
    versionActions.addTo(actions);
    aliasActions.addTo(actions);
    permissionActions.addTo(actions);
    concurrencyActions.addTo(actions);
    codeSigningActions.addTo(actions);
    eventInvokeConfigActions.addTo(actions);
    layerActions.addTo(actions);
    layerPermissionActions.addTo(actions);
    tagActions.addTo(actions);
    urlActions.addTo(actions);
    mappingActions.addTo(actions);
    return new InvokeActions(invocations, events).addTo(actions);
  }

  @Override
  public @Nullable String resourcePolicy(String arn, String action) {
    String resource = Arn.parse(arn).resource();
    if (!resource.startsWith("function:") || resource.contains("*")) {
      return null;
    }
    FunctionName name = FunctionName.parse(arn, null);
    return functions.exists(name.name()) ? document(name) : null;
  }

  private @Nullable String document(FunctionName name) {
    LambdaFunction.PolicyState policy = functions.get(name).policy(name.qualifier());
    return policy == null ? null : policy.document();
  }

  /** How other services call functions. */
  public FunctionInvoker invoker() {
    return new Invoker(invocations, events);
  }

  /** Where function URLs are called. */
  public HttpEndpoint urls() {
    return urlEndpoint;
  }

  /** The AWS::Lambda types of CloudFormation. */
  public List<ResourceType> resourceTypes() {
    return List.of(
        new FunctionResource(functionActions, concurrencyActions, tagActions),
        new PermissionResource(permissionActions),
        new VersionResource(versionActions, functionActions),
        new AliasResource(aliasActions),
        new LayerVersionResource(layerActions),
        new UrlResource(urlActions),
        new EventInvokeConfigResource(eventInvokeConfigActions),
        new EventSourceMappingResource(mappingActions, mappings));
  }

  @Override
  public void close() {
    mappings.close();
    events.close();
    environments.close();
    images.close();
  }
}
