package io.pipelab.local.cloudformation;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pipelab.local.cloudformation.engine.DynamicValues;
import io.pipelab.local.kernel.Action;
import io.pipelab.local.kernel.AwsError;
import io.pipelab.local.kernel.Caller;
import io.pipelab.local.kernel.CloudClock;
import io.pipelab.local.kernel.CloudIdentity;
import io.pipelab.local.kernel.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

/** CloudFormation with fake resource types, called as the gateway calls it. */
final class FakeCloud implements AutoCloseable {
  final FakeType fake = new FakeType("Fake::Fake");
  final Map<String, String> objects = new HashMap<>();

  /** By {@code ID/STAGE/VERSION}, with null where nothing is said. */
  final Map<String, String> secrets = new HashMap<>();

  final Map<String, ParameterStore.Value> parameters = new HashMap<>();
  final CloudClock clock = new StepClock();
  final CloudFormation cloudFormation =
      new CloudFormation(
          new CloudIdentity("000000000000", "us-east-1", URI.create("http://127.0.0.1:4566")),
          clock,
          () -> List.of(fake, new FakeType("Fake::Strict"), new FakeType("AWS::IAM::Role")),
          this::open,
          new DynamicValues(this::secret, this::parameter),
          this::parameter);
  private final Map<Class<? extends SdkPojo>, Action<?, ?>> actions =
      cloudFormation.actions().byRequest();

  private String secret(String id, @Nullable String stage, @Nullable String version) {
    String text = secrets.get(id + "/" + stage + "/" + version);
    if (text == null) {
      throw AwsError.badRequest(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return text;
  }

  private Optional<ParameterStore.Value> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  private InputStream open(String bucket, String key, @Nullable String version) {
    String body = objects.get(bucket + "/" + key);
    if (body == null) {
      throw AwsError.notFound("NoSuchKey", "The specified key does not exist.");
    }
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Calls an action. */
  @SuppressWarnings("unchecked") // the table keeps each action under its own request class
  <I extends SdkPojo, O extends SdkPojo> O call(I request, Class<O> response) {
    Action<I, SdkPojo> action = (Action<I, SdkPojo>) actions.get(request.getClass());
    return response.cast(action.handle(request, new Caller.Anonymous()));
  }

  /** The message of the ValidationError that the action answers with. */
  String refusal(SdkPojo request) {
    AwsError error = assertThrows(AwsError.class, () -> call(request, SdkPojo.class));
    return error.code().equals("ValidationError")
        ? error.getMessage()
        : error.code() + ": " + error.getMessage();
  }

  void create(String name, String template) {
    create(name, template, request -> request);
  }

  /** Creates a stack and waits for the end of it. */
  void create(String name, String template, UnaryOperator<CreateStackRequest.Builder> more) {
    call(
        more.apply(CreateStackRequest.builder().stackName(name).templateBody(template)).build(),
        SdkPojo.class);
    await(name);
  }

  void update(String name, String template) {
    update(name, template, request -> request);
  }

  /** Updates a stack and waits for the end of it. */
  void update(String name, String template, UnaryOperator<UpdateStackRequest.Builder> more) {
    call(
        more.apply(UpdateStackRequest.builder().stackName(name).templateBody(template)).build(),
        SdkPojo.class);
    await(name);
  }

  /** Deletes a stack, waits for the end of it, and returns the status that it ended with. */
  String delete(String name) {
    String id = stack(name).stackId();
    call(DeleteStackRequest.builder().stackName(name).build(), SdkPojo.class);
    await(id);
    return stack(id).stackStatusAsString();
  }

  /** Waits until nothing is under way on a stack. */
  void await(String name) {
    try {
      cloudFormation.engine().stacks().get(name).idle().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("stack " + name + " does not end", e);
    }
  }

  Stack stack(String name) {
    return call(
            DescribeStacksRequest.builder().stackName(name).build(), DescribeStacksResponse.class)
        .stacks()
        .get(0);
  }

  String status(String name) {
    return stack(name).stackStatusAsString();
  }

  /** Events as {@code LOGICAL STATUS} with the reason behind it, the oldest first. */
  List<String> events(String name) {
    List<StackEvent> events =
        call(
                DescribeStackEventsRequest.builder().stackName(name).build(),
                DescribeStackEventsResponse.class)
            .stackEvents();
    List<String> lines = new ArrayList<>();
    for (StackEvent event : events) {
      String reason = event.resourceStatusReason();
      lines.add(
          0,
          event.logicalResourceId()
              + " "
              + event.resourceStatusAsString()
              + (reason == null ? "" : ": " + reason.replaceAll("RequestToken: [-0-9a-f]+, ", "")));
    }
    return lines;
  }

  String physicalId(String stack, String logicalId) {
    return cloudFormation.engine().stacks().get(stack).resource(logicalId).physicalId();
  }

  @Override
  public void close() {
    cloudFormation.close();
  }

  /** A clock that moves one millisecond each time it is read. */
  private static final class StepClock implements CloudClock {
    private final AtomicLong millis = new AtomicLong();

    @Override
    public Instant now() {
      return Instant.parse("2030-01-01T00:00:00Z").plusMillis(millis.incrementAndGet());
    }

    @Override
    public int speed() {
      return 1;
    }

    @Override
    public ScheduledFuture<?> after(Duration cloudTime, Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> every(Duration cloudTime, Runnable task) {
      throw new UnsupportedOperationException();
    }
  }
}
