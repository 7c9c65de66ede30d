package io.pipelab.local;

import io.pipelab.local.access.AskedLogs;
import io.pipelab.local.access.AskedQueues;
import io.pipelab.local.access.AskedTopics;
import io.pipelab.local.access.DecodedRefusals;
import io.pipelab.local.access.Denials;
import io.pipelab.local.access.DenialsEndpoint;
import io.pipelab.local.access.Enforcement;
import io.pipelab.local.access.ResourcePolicies;
import io.pipelab.local.accessanalyzer.AccessAnalyzer;
import io.pipelab.local.apigatewayv2.ApiGateway;
import io.pipelab.local.cloudformation.CloudFormation;
import io.pipelab.local.cloudformation.engine.DynamicValues;
import io.pipelab.local.cloudformation.resource.ResourceType;
import io.pipelab.local.cloudwatch.CloudWatch;
import io.pipelab.local.dynamodb.DynamoDbService;
import io.pipelab.local.ec2.Ec2;
import io.pipelab.local.ecr.Ecr;
import io.pipelab.local.ecs.Ecs;
import io.pipelab.local.eventbridge.EventBridge;
import io.pipelab.local.iam.Iam;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.LogSink;
import io.pipelab.local.kernel.NetworkTenants;
import io.pipelab.local.kernel.SpeedClock;
import io.pipelab.local.kinesis.Kinesis;
import io.pipelab.local.lambda.Lambda;
import io.pipelab.local.logs.Logs;
import io.pipelab.local.process.GuardedProcesses;
import io.pipelab.local.rds.Rds;
import io.pipelab.local.rds.server.ServerCache;
import io.pipelab.local.s3.Notifications;
import io.pipelab.local.s3.S3Service;
import io.pipelab.local.secretsmanager.SecretsManager;
import io.pipelab.local.sns.Sns;
import io.pipelab.local.sqs.SqsService;
import io.pipelab.local.ssm.Ssm;
import io.pipelab.local.sts.SessionRights;
import io.pipelab.local.sts.Sessions;
import io.pipelab.local.sts.Sts;
import io.pipelab.local.wire.AccessCheck;
import io.pipelab.local.wire.CallerNetwork;
import io.pipelab.local.wire.Gateway;
import io.pipelab.local.wire.Limits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The embedded cloud: the one visible list of its services; start, stop. */
public final class LocalCloud implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LocalCloud.class.getName());

  /** As the other local clouds have it, so that tools written for them see familiar ARNs. */
  private static final String ACCOUNT = "000000000000";

  /** How long functions and tasks may take to end when the cloud does. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Gateway gateway;
  private final CloudFormation cloudFormation;
  private final List<AwsService> services;
  private final List<AutoCloseable> parts;

  private LocalCloud(
      Gateway gateway,
      CloudFormation cloudFormation,
      List<AwsService> services,
      List<AutoCloseable> parts) {
    this.gateway = gateway;
    this.cloudFormation = cloudFormation;
    this.services = services;
    this.parts = parts;
  }

  /**
   * Starts a cloud.
   *
   * @param data an empty folder for blobs, code and mails
   * @throws java.net.BindException when the port is taken
   */
  static LocalCloud start(Settings settings, Path data) throws IOException {
    Gateway gateway = Gateway.bind(settings.port(), Limits.of(data.resolve("requests")));
    CloudIdentity identity = new CloudIdentity(ACCOUNT, settings.region(), gateway.endpoint());
    SpeedClock clock = new SpeedClock(settings.speed());
    GuardedProcesses processes = new GuardedProcesses(GRACE);
    NetworkTenants tenants = new NetworkTenants();

    Iam iam = new Iam(identity, clock);
    Sessions sessions =
        new Sessions(identity, iam.roleDirectory(), iam.userKeys(), Clock.systemUTC());
    Denials denials = new Denials();
    SessionRights rights = new SessionRights(iam.callerPolicies(), sessions, identity);
    Sts sts = new Sts(identity, sessions, iam.sessionPolicies(), new DecodedRefusals(denials));
    ResourcePolicies resourcePolicies = new ResourcePolicies();
    Enforcement access =
        new Enforcement(identity, clock, rights, resourcePolicies, denials, settings.iam());
    AccessCheck accessCheck = new AccessCheck(access, identity);
    Ec2 ec2 = new Ec2(identity, clock);
    Logs logs = new Logs(identity, clock);
    LogSink rolesLogs = new AskedLogs(logs, logs::hasGroup, access, identity);
    CloudWatch cloudWatch = new CloudWatch(identity, clock);
    SqsService sqs = new SqsService(identity, cloudWatch);
    Kinesis kinesis = new Kinesis(identity, cloudWatch);
    DynamoDbService dynamoDb = new DynamoDbService(identity, data.resolve("dynamodb"));
    S3Service s3 = new S3Service(identity, clock, accessCheck, data.resolve("s3"));
    Sns sns = new Sns(identity, clock, cloudWatch, sqs.messageQueues(), data.resolve("mails"));
    Ecr ecr = new Ecr(identity, clock, data.resolve("ecr"));
    Lambda lambda =
        new Lambda(
            identity,
            clock,
            data.resolve("lambda"),
            processes,
            sessions,
            access,
            rolesLogs,
            s3,
            cloudWatch,
            new AskedQueues(sqs.messageQueues(), access),
            new AskedTopics(sns.publisher(), access),
            ecr.containerImages(),
            ec2.vpcNetwork(),
            ec2.networkInterfaces(),
            tenants);
    Ecs ecs =
        new Ecs(
            identity,
            clock,
            ec2.vpcNetwork(),
            ec2.networkInterfaces(),
            tenants,
            ecr.containerImages(),
            processes,
            sessions,
            access,
            rolesLogs,
            data.resolve("ecs"));
    EventBridge eventBridge =
        new EventBridge(
            identity,
            clock,
            cloudWatch,
            new EventBridge.Targets(
                lambda.invoker(),
                sqs.messageQueues(),
                sns.publisher(),
                logs,
                kinesis.recordStreams(),
                ecs.taskRunner(),
                access));
    Ssm ssm = new Ssm(identity, clock);
    Rds rds =
        new Rds(
            identity,
            clock,
            ec2.vpcNetwork(),
            ec2.networkInterfaces(),
            ec2.packetFilter(),
            tenants,
            processes,
            new ServerCache(settings.cacheDir(), processes, System.getenv()),
            data.resolve("rds"));
    SecretsManager secretsManager = new SecretsManager(identity, clock, rds.databaseInstances());
    ApiGateway apiGateway = new ApiGateway(identity, clock, lambda.invoker(), logs, cloudWatch);
    CloudFormation cloudFormation =
        new CloudFormation(
            identity,
            clock,
            () ->
                types(
                    iam.resourceTypes(),
                    ec2.resourceTypes(),
                    logs.resourceTypes(),
                    cloudWatch.resourceTypes(),
                    sqs.resourceTypes(),
                    kinesis.resourceTypes(),
                    eventBridge.resourceTypes(),
                    dynamoDb.resourceTypes(),
                    s3.resourceTypes(),
                    sns.resourceTypes(),
                    ssm.resourceTypes(),
                    lambda.resourceTypes(),
                    ecr.resourceTypes(),
                    ecs.resourceTypes(),
                    rds.resourceTypes(),
                    secretsManager.resourceTypes(),
                    apiGateway.resourceTypes()),
            s3,
            new DynamicValues(secretsManager, ssm.parameterStore()),
            ssm.parameterStore());

    sns.connect(lambda.invoker());
    cloudWatch.connect(sns.publisher(), lambda.invoker(), eventBridge.serviceEvents());
    lambda.connect(eventBridge.eventBuses());
    ecs.connect(eventBridge.serviceEvents());
    cloudFormation.connect(eventBridge.serviceEvents());
    Notifications notifications =
        new Notifications(
            identity,
            clock,
            sns.publisher(),
            sqs.messageQueues(),
            lambda.invoker(),
            eventBridge.serviceEvents());
    s3.attach(notifications);
    logs.connect(cloudWatch, lambda.invoker());
    cloudWatch.addSource(logs);
    cloudWatch.addSource(sqs);
    cloudWatch.addSource(ecs.metricSource());
    List<AwsService> services =
        List.of(
            iam,
            new AccessAnalyzer(),
            sts,
            ec2,
            logs,
            cloudWatch,
            sqs,
            kinesis,
            eventBridge,
            dynamoDb,
            s3,
            sns,
            ssm,
            lambda,
            ecr,
            ecs,
            rds,
            secretsManager,
            apiGateway,
            cloudFormation);
    resourcePolicies.connect(services);
    gateway.heed(new CallerNetwork(tenants, ec2.serviceRoutes()));
    gateway.serve(
        settings.region(),
        services,
        List.of(
            new DenialsEndpoint(denials, access),
            apiGateway.endpoint(),
            lambda.urls(),
            ecr.registry(),
            ecs.agentEndpoint(),
            s3.endpoint()),
        sessions,
        accessCheck,
        clock,
        call -> {});
    warmUp(dynamoDb::warmUp);
    return new LocalCloud(
        gateway,
        cloudFormation,
        services,
        List.of(
            cloudFormation,
            notifications,
            eventBridge,
            apiGateway,
            ecs,
            lambda,
            rds,
            processes,
            sns,
            cloudWatch,
            sqs,
            dynamoDb,
            s3,
            ecr,
            logs,
            clock));
  }

  @SafeVarargs
  private static Collection<ResourceType> types(List<ResourceType>... byService) {
    return Stream.of(byService).flatMap(List::stream).toList();
  }

  /** Starts engines beside each other while the first calls come in. */
  private static void warmUp(Runnable... engines) {
    for (Runnable engine : engines) {
      Thread thread = new Thread(engine, "warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** What its templates may have. */
  Map<String, ResourceType> resourceTypes() {
    return cloudFormation.resourceTypes();
  }

  List<AwsService> services() {
    return services;
  }

  URI endpoint() {
    return gateway.endpoint();
  }

  /** Ends the cloud and everything that it started. */
  @Override
  public void close() {
    gateway.close();
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) { // AutoCloseable declares no less
        LOG.log(Level.WARNING, part + " did not stop cleanly", e);
      }
    }
  }
}
