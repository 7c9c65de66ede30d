package io.pipelab.local.played;

import io.pipelab.local.kernel.Actions;
import io.pipelab.local.kernel.AwsService;
import io.pipelab.local.kernel.Caller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/** ECS as far as a test goes that starts tasks: it notes who asks for what. */
public final class PlayedTasks implements AwsService {
  public final List<RunTaskRequest> requests = new CopyOnWriteArrayList<>();

  /** The callers' access keys. */
  public final List<String> callers = new CopyOnWriteArrayList<>();

  @Override
  public String signingName() {
    return "ecs";
  }

  @Override
  public Actions actions() {
    return new Actions().on(RunTaskRequest.class, this::runTask);
  }

  private RunTaskResponse runTask(RunTaskRequest request, Caller caller) {
    requests.add(request);
    callers.add(((Caller.Operator) caller).accessKeyId());
    return RunTaskResponse.builder()
        .tasks(task -> task.taskArn("task-1"), task -> task.taskArn("task-2"))
        .build();
  }
}
