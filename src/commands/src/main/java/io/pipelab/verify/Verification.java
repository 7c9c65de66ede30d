package io.pipelab.verify;

import io.pipelab.lab.Lab;
import io.pipelab.lab.Lab.StepSpec;
import io.pipelab.lab.References;
import io.pipelab.target.AwsClients;
import io.pipelab.target.TargetTime;
import io.pipelab.verify.check.CheckScope;
import io.pipelab.verify.load.LoadRecord;
import io.pipelab.verify.load.Sent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Checks a lab's steps: first how it was built, all of it together; then how it moved, step after
 * step along the pipeline. A step whose cause is already known to be broken is only looked at
 * briefly.
 */
public final class Verification {
  private static final int AT_ONCE = 6;

  private final Lab lab;
  private final VerifyOptions options;
  private final CheckRunner runner;
  private final SerialListener listener;
  private final boolean loaded;
  private final String arguments;
  private final String pipelab;
  private final NotBuilt notBuilt;

  /**
   * A verification.
   *
   * @param references the values of the references in the manifest: outputs, parameters
   * @param loads the loads of the lab since it was put up, the oldest first
   * @param sent what else was sent into it since then
   */
  public Verification(
      Lab lab,
      AwsClients clients,
      References references,
      List<LoadRecord> loads,
      List<Sent> sent,
      VerifyOptions options,
      VerifyListener listener) {
    this(
        lab,
        new CheckScope(clients, new TargetTime(clients)::now, loads, sent),
        references,
        options,
        listener,
        new Eventually(
            new TargetTime(clients)::now, System::nanoTime, time -> Thread.sleep(time.toMillis())));
  }

  Verification(
      Lab lab,
      CheckScope scope,
      References references,
      VerifyOptions options,
      VerifyListener listener,
      Eventually eventually) {
    this.lab = lab;
    this.options = options;
    this.listener = new SerialListener(listener);
    this.loaded = scope.driven();
    this.arguments = references.find("lab").orElseGet(() -> arguments(lab, references));
    this.pipelab = references.resolve("${pipelab}");
    this.notBuilt =
        new NotBuilt(
            lab,
            references.find("phase").orElseGet(() -> lastOf(lab)),
            pipelab + " up " + arguments + " --next");
    String run = scope.load().map(LoadRecord::runId).orElse("none");
    this.runner =
        new CheckRunner(
            lab,
            scope,
            references.with("run.id", run).with("lab", arguments),
            options,
            this.listener,
            eventually);
  }

  private static String lastOf(Lab lab) {
    return lab.phases().isEmpty() ? "" : lab.phases().last().id();
  }

  /** The lab as a user names it on the command line: {@code decoupling --instance two}. */
  private static String arguments(Lab lab, References references) {
    String prefix = references.find("instance.prefix").orElse("");
    return prefix.isEmpty()
        ? lab.id()
        : lab.id() + " --instance " + prefix.substring(0, prefix.length() - 1);
  }

  /**
   * Checks the steps.
   *
   * @return one result a step, in the manifest's order
   * @throws io.pipelab.lab.ManifestError when a check's settings are wrong
   * @throws io.pipelab.lab.UnknownName when a step was asked for that does not exist
   * @throws software.amazon.awssdk.core.exception.SdkException when the target is gone or refuses
   *     the credentials
   */
  public List<StepResult> run() {
    options.steps().forEach(lab::step);
    CheckTypes.validate(lab);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Verification::daemon);
    try {
      return run(new StepRun(runner, notBuilt, listener, threads));
    } finally {
      threads.shutdownNow();
    }
  }

  private List<StepResult> run(StepRun stepRun) {
    Map<String, StepRun.Started> built = new LinkedHashMap<>();
    for (StepSpec step : chosen()) {
      if (!step.needsLoad() && !notBuilt.has(step)) {
        built.put(step.id(), stepRun.start(step, Optional.empty()));
      }
    }
    List<StepResult> results = new ArrayList<>();
    for (StepSpec step : chosen()) {
      StepRun.Started started = built.get(step.id());
      StepResult result;
      if (started != null) {
        result = started.join();
      } else if (notBuilt.has(step)) {
        result = notBuilt.result(step);
      } else if (!loaded) {
        result = notLoaded(step);
      } else {
        result = stepRun.start(step, brokenCause(step, results)).join();
      }
      results.add(result);
      listener.ended(result);
    }
    return results;
  }

  private List<StepSpec> chosen() {
    return lab.steps().stream()
        .filter(step -> options.steps().isEmpty() || options.steps().contains(step.id()))
        .toList();
  }

  /**
   * The first broken one of the steps that this one needs, and that those need; else the first that
   * the target does not support.
   */
  private Optional<StepResult> brokenCause(StepSpec step, List<StepResult> results) {
    Set<String> causes = new HashSet<>();
    addCauses(step, causes);
    List<StepResult> needed =
        Stream.concat(options.before().stream(), results.stream())
            .filter(result -> causes.contains(result.id()))
            .toList();
    return Verdict.of(needed)
        .firstBroken()
        .or(
            () ->
                needed.stream()
                    .filter(result -> result.status() == CheckStatus.UNSUPPORTED)
                    .findFirst());
  }

  private void addCauses(StepSpec step, Set<String> causes) {
    for (String need : step.needs()) {
      // A step needs only earlier ones, so this ends.
      if (causes.add(need)) {
        addCauses(lab.step(need), causes);
      }
    }
  }

  private StepResult notLoaded(StepSpec step) {
    String command =
        lab.drive().isEmpty()
            ? null
            : pipelab + " " + lab.drive().get(0).action() + " " + arguments;
    List<CheckResult> checks =
        step.checks().stream()
            .map(
                check ->
                    new CheckResult(
                        check.id(),
                        CheckStatus.SKIPPED,
                        step.title(),
                        options.handMade() == null
                            ? "nothing loaded since up"
                            : "pipelab sent nothing into it yet",
                        0,
                        "Drive the lab, then verify again.",
                        command))
            .toList();
    return new StepResult(step.id(), step.title(), step.hop(), CheckStatus.SKIPPED, checks);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "verify");
    thread.setDaemon(true);
    return thread;
  }
}
