package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.UnknownName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a manifest's {@code drive} list can do, by name. */
final class DriveActions {
  private static final Map<String, Action> BY_NAME =
      new TreeMap<>(
          Map.of(
              LoadSettings.ACTION,
              (spec, on) ->
                  new LoadQueue(
                      on.instance(), LoadSettings.of(spec), on.runId(), on.cloud(), on.bindings()),
              UploadSettings.ACTION,
              (spec, on) ->
                  new UploadToLab(
                      on.instance(),
                      UploadSettings.samples(
                          on.instance().lab(), spec, on.artifacts().samplesOf(on.instance().lab())),
                      on.runId(),
                      on.cloud(),
                      on.bindings()),
              PublishSettings.ACTION,
              (spec, on) ->
                  new PublishToLab(PublishSettings.of(spec), on.runId(), on.cloud(), on.bindings()),
              CallSettings.ACTION,
              (spec, on) -> new CallLab(CallSettings.of(spec), on.bindings()),
              DeploySettings.ACTION,
              (spec, on) ->
                  new DeployFunction(
                      on.instance(),
                      DeploySettings.of(spec),
                      on.runId(),
                      on.artifacts(),
                      on.cloud(),
                      on.bindings())));

  private DriveActions() {}

  /** Makes the step that one entry of the list asks for. */
  interface Action {
    DriveStep step(Lab.DriveSpec spec, Driven on);
  }

  /**
   * The lab that is driven.
   *
   * @param runId what everything that is sent carries
   */
  record Driven(
      LabInstance instance, String runId, Artifacts artifacts, Cloud cloud, Bindings bindings) {}

  /**
   * The steps of a lab's whole list.
   *
   * @throws UnknownName when it names an action that does not exist
   */
  static List<DriveStep> of(Driven on) {
    return on.instance().lab().drive().stream().map(spec -> step(spec, on)).toList();
  }

  private static DriveStep step(Lab.DriveSpec spec, Driven on) {
    Action action = BY_NAME.get(spec.action());
    if (action == null) {
      throw new UnknownName("action", spec.action(), BY_NAME.keySet());
    }
    return action.step(spec, on);
  }
}
