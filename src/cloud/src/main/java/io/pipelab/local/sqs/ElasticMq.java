package io.pipelab.local.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.pipelab.local.kernel.CloudIdentity;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.RelaxedSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.msg.UpdateQueueDeadLettersQueue;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Some;
import scala.concurrent.Await;
import scala.concurrent.duration.FiniteDuration;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The engine that holds the messages: ElasticMQ on an ephemeral loopback port, started on first
 * use, reached through an SDK client.
 */
final class ElasticMq implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ElasticMq.class.getName());

  /**
   * Quiet, small, and without any say in when the JVM ends; a request may wait longer than SQS's
   * longest poll.
   */
  private static final String SETTINGS =
      """
      pekko {
        loggers = []
        loglevel = OFF
        stdout-loglevel = OFF
        daemonic = on
        log-dead-letters = 0
        jvm-exit-on-fatal-error = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        actor.default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
        http.server {
          request-timeout = 60 s
          idle-timeout = 120 s
          max-connections = 4096
          parsing { max-content-length = 16m, illegal-header-warnings = off }
        }
      }
      """;

  private final CloudIdentity identity;
  private @Nullable Running running;
  private boolean closed;

  ElasticMq(CloudIdentity identity) {
    this.identity = identity;
  }

  private record Running(
      ActorSystem system, ActorRef queues, SQSRestServer server, SqsClient client) {}

  /** The client of the engine, which is started when it does not run yet. */
  SqsClient client() {
    return running().client();
  }

  private synchronized Running running() {
    if (closed) {
      throw new IllegalStateException("the cloud is stopping");
    }
    if (running == null) {
      running = start();
    }
    return running;
  }

  /** Takes a queue's redrive policy away, for which the engine's API has no call. */
  void forgetDeadLetters(String queueName) {
    Object found = ask(running().queues(), new LookupQueue(queueName));
    if (found instanceof Some<?> some && some.value() instanceof ActorRef queue) {
      ask(queue, new UpdateQueueDeadLettersQueue(Option.empty(), Option.empty()));
    }
  }

  private static Object ask(ActorRef actor, Object message) {
    return Patterns.ask(actor, message, Duration.ofSeconds(5)).toCompletableFuture().join();
  }

  private Running start() {
    ClassLoader loader = ElasticMq.class.getClassLoader();
    Config config =
        ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load(loader)).resolve();
    ActorSystem system = ActorSystem.create("sqs", config, loader);
    Props manager =
        Props.create(
            QueueManagerActor.class,
            () ->
                new QueueManagerActor(
                    new NowProvider(), RelaxedSQSLimits$.MODULE$, Option.empty()));
    ActorRef queues = system.actorOf(manager, "queues");
    URI gateway = identity.endpoint();
    // The limits are checked before a message comes here, with AWS's error messages.
    SQSRestServer server =
        SQSRestServerBuilder.withActorSystem(system)
            .withInterface("127.0.0.1")
            .withDynamicPort()
            .withServerAddress(
                new NodeAddress(gateway.getScheme(), gateway.getHost(), gateway.getPort(), ""))
            .withAWSRegion(identity.region())
            .withAWSAccountId(identity.account())
            .withSQSLimits(RelaxedSQSLimits$.MODULE$)
            .withQueueManagerActor(queues)
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    return new Running(system, queues, server, client(port));
  }

  private SqsClient client(int port) {
    return SqsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.of(identity.region()))
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .checksumValidationEnabled(false)
        // What the engine answers is the answer: a retry could send a message twice.
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        // Pooled: twice the rate of the URL connection client, and every long poll holds one.
        .httpClientBuilder(
            ApacheHttpClient.builder().maxConnections(2000).socketTimeout(Duration.ofSeconds(60)))
        .build();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (running == null) {
      return;
    }
    running.client().close();
    running.server().stopAndGetFuture().apply();
    try {
      Await.ready(running.system().terminate(), FiniteDuration.create(5, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      LOG.log(Level.DEBUG, "the queue engine takes its time to stop; its threads are daemons", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = null;
  }
}
