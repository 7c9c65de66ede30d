package io.pipelab.report;

import io.pipelab.workflow.step.Progress.ResourceChanged;

/** A resource and its state as one line. */
final class ResourceLine {
  private ResourceLine() {}

  static String of(ResourceChanged changed, Style style) {
    boolean failed = changed.status().endsWith("FAILED");
    String status =
        failed
            ? style.bad(changed.status())
            : changed.status().endsWith("_COMPLETE")
                ? style.good(changed.status())
                : changed.status();
    String why = failed && changed.reason() != null ? ": " + changed.reason() : "";
    return status + " " + changed.resource() + " " + style.faint(changed.type()) + why;
  }
}
