package io.pipelab.workflow.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipelab.lab.SettingNames;
import io.pipelab.lab.Settings;
import io.pipelab.target.Failure;
import io.pipelab.target.HttpCaller;
import io.pipelab.target.TargetTime;
import io.pipelab.verify.load.Sent;
import io.pipelab.verify.load.SentLog;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Cloud;
import io.pipelab.workflow.step.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Switches an event source mapping off, adds a task, sees it wait, switches the mapping on and sees
 * the task worked off; what was seen is kept for {@code verify}.
 */
final class SwitchMappingOff implements DriveStep<Sent.Drill> {
  static final DriveAction<SwitchSettings> ACTION =
      new DriveAction<>(
          "switch-mapping-off",
          SettingNames.NONE.needs("mapping", "queue", "url", "data"),
          (with, samples) -> SwitchSettings.of(with),
          SwitchMappingOff::new);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What is switched, and what is added meanwhile.
   *
   * @param mapping its UUID
   * @param url where tasks are added and listed
   * @param data the task
   */
  record SwitchSettings(String mapping, String queue, String url, String data) {
    static SwitchSettings of(Settings with) {
      return new SwitchSettings(
          with.text("mapping"), with.text("queue"), with.text("url"), with.text("data"));
    }
  }

  private final SwitchSettings settings;
  private final String runId;
  private final Cloud cloud;
  private final Bindings bindings;
  private Optional<Sent.Drill> drill = Optional.empty();

  SwitchMappingOff(SwitchSettings settings, Driven on) {
    this.settings = settings;
    this.runId = on.runId();
    this.cloud = on.cloud();
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Switch the mapping off, add a task, and switch it on again";
  }

  @Override
  public Sent.Drill result() {
    return drill.orElseThrow();
  }

  @Override
  public void run(Progress progress) {
    SentLog log = LabLoads.sent(cloud, bindings);
    String queue = bindings.references().resolve(settings.queue());
    Instant started = new TargetTime(cloud.clients()).now();
    Map<String, String> seen = new LinkedHashMap<>();
    boolean on = false;
    try {
      seen.put("off", switched(false));
      int task = add();
      seen.put("task", String.valueOf(task));
      seen.put("waiting", waiting(queue));
      seen.put("while off", status(task).orElse("missing"));
      on = true;
      seen.put("on", switched(true));
      cloud
          .poller()
          .until(
              "task " + task + " to be Completed",
              cloud.deadline(),
              () -> status(task).filter("Completed"::equals));
      seen.put("afterwards", "Completed");
    } finally {
      if (!on) {
        switchTo(true);
      }
    }
    progress.note("with the mapping off, task " + seen.get("task") + " waited");
    Sent.Drill kept = new Sent.Drill(runId, "mapping-off", queue, seen, started);
    drill = Optional.of(kept);
    log.add(kept);
  }

  private String mapping() {
    return bindings.references().resolve(settings.mapping());
  }

  private void switchTo(boolean on) {
    cloud.clients().lambda().updateEventSourceMapping(to -> to.uuid(mapping()).enabled(on));
  }

  /** The state that it came to. */
  private String switched(boolean on) {
    switchTo(on);
    String wanted = on ? "Enabled" : "Disabled";
    return cloud
        .poller()
        .until(
            "the mapping to be " + wanted,
            cloud.deadline(),
            () ->
                Optional.of(
                        cloud
                            .clients()
                            .lambda()
                            .getEventSourceMapping(get -> get.uuid(mapping()))
                            .state())
                    .filter(wanted::equals));
  }

  /** How many messages wait, once there is one. */
  private String waiting(String queue) {
    QueueAttributeName visible = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    return cloud
        .poller()
        .until(
            "the task's message to wait in the queue",
            cloud.deadline(),
            () ->
                Optional.ofNullable(
                        cloud
                            .clients()
                            .sqs()
                            .getQueueAttributes(get -> get.queueUrl(queue).attributeNames(visible))
                            .attributes()
                            .get(visible))
                    .filter(depth -> !depth.equals("0")));
  }

  private int add() {
    HttpCaller.Answer answer = call("POST", settings.data());
    JsonNode body = json(answer);
    if (answer.status() != 201 || !body.path("task_id").isInt()) {
      throw refused(answer);
    }
    return body.path("task_id").intValue();
  }

  private Optional<String> status(int task) {
    for (JsonNode row : json(call("GET", null))) {
      if (row.path("id").intValue() == task) {
        return Optional.of(row.path("status").asText());
      }
    }
    return Optional.empty();
  }

  private HttpCaller.Answer call(String method, @Nullable String data) {
    String url = bindings.references().resolve(settings.url());
    try {
      return new HttpCaller().call(method, url, "/", data);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "the function at " + url + " does not answer",
          String.valueOf(e.getMessage()),
          "'pipelab status' shows whether the lab is up",
          e);
    }
  }

  private static JsonNode json(HttpCaller.Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw refused(answer);
    }
  }

  private static Failure refused(HttpCaller.Answer answer) {
    return new Failure(
        Failure.Kind.NOT_ALL_SENT,
        "the function took no task: it answers " + answer.status(),
        answer.body(),
        "'pipelab verify' says what is broken");
  }
}
