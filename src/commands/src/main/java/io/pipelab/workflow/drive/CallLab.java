package io.pipelab.workflow.drive;

import io.pipelab.lab.SettingNames;
import io.pipelab.target.Failure;
import io.pipelab.target.HttpCaller;
import io.pipelab.workflow.step.Bindings;
import io.pipelab.workflow.step.Progress;
import java.io.IOException;
import java.util.Optional;

/** Sends a request to the lab's HTTP API. */
public final class CallLab implements DriveStep<HttpCaller.Answer> {
  static final DriveAction<CallSettings> ACTION =
      new DriveAction<>(
          "call",
          SettingNames.NONE.needs("url", "path").takes("method", "data", "status"),
          (with, samples) -> CallSettings.of(with),
          CallLab::new);

  private final CallSettings settings;
  private final Bindings bindings;
  private Optional<HttpCaller.Answer> answer = Optional.empty();

  public CallLab(CallSettings settings, Driven on) {
    this.settings = settings;
    this.bindings = on.bindings();
  }

  @Override
  public String title() {
    return "Call " + settings.method() + " " + settings.path();
  }

  /** What was answered; to a manifest's calls, that is what {@code verify} is about. */
  @Override
  public HttpCaller.Answer result() {
    return answer.orElseThrow();
  }

  @Override
  public void run(Progress progress) {
    String url = bindings.references().resolve(settings.url());
    HttpCaller.Answer got;
    try {
      got = new HttpCaller().call(settings.method(), url, settings.path(), settings.data());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.UNREACHABLE,
          "the API at " + url + " does not answer",
          String.valueOf(e.getMessage()),
          "'pipelab status' shows whether the lab is up",
          e);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "'" + url + settings.path() + "' is not a URL", String.valueOf(e.getMessage()));
    }
    answer = Optional.of(got);
    if (settings.status() > 0 && got.status() != settings.status()) {
      progress.note(
          settings.method()
              + " "
              + settings.path()
              + " answered "
              + got.status()
              + ", not "
              + settings.status());
    }
  }
}
