package io.pipelab.workflow;

import io.pipelab.lab.Lab;
import io.pipelab.lab.LabCatalog;
import io.pipelab.lab.LabDraft;
import io.pipelab.lab.ManifestError;
import io.pipelab.lab.ManifestError.Mistake;
import io.pipelab.lab.References;
import io.pipelab.lab.explain.ExplanationFile;
import io.pipelab.lab.template.EmbeddedTypes;
import io.pipelab.lab.template.TemplateCheck;
import io.pipelab.target.Target;
import io.pipelab.verify.CheckTypes;
import io.pipelab.workflow.byname.PartKinds;
import io.pipelab.workflow.drive.DriveActions;
import io.pipelab.workflow.step.Artifacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a lab whole, before anything is created and without a running cloud: its manifest, its
 * checks, its drive actions, their references, and its templates. Its templates are held against
 * what the embedded cloud implements only when it is the target: other targets have limits of their
 * own.
 */
public final class LabCheck {
  /**
   * Reads as a number and as a text: what a reference stands for is known only in a standing lab.
   */
  private static final String STAND_IN = "1";

  private final LabCatalog catalog;
  private final Artifacts artifacts;
  private final Optional<EmbeddedTypes> embedded;

  public LabCheck(LabCatalog catalog, Artifacts artifacts, Target target) {
    this.catalog = catalog;
    this.artifacts = artifacts;
    this.embedded =
        target instanceof Target.Local ? Optional.of(EmbeddedTypes.read()) : Optional.empty();
  }

  /**
   * The lab of that id.
   *
   * @throws io.pipelab.lab.UnknownName when there is none
   * @throws ManifestError with every mistake in it
   */
  public Lab require(String id) {
    LabDraft draft = catalog.draft(id);
    List<Mistake> mistakes = mistakesIn(draft);
    if (!mistakes.isEmpty()) {
      throw new ManifestError(mistakes);
    }
    return draft.lab();
  }

  private List<Mistake> mistakesIn(LabDraft draft) {
    Lab lab = draft.lab();
    Set<Mistake> mistakes = new LinkedHashSet<>(draft.mistakes());
    mistakes.addAll(PartKinds.mistakesIn(lab));
    mistakes.addAll(DriveActions.mistakesIn(lab, artifacts.samplesOf(lab)));
    mistakes.addAll(
        CheckTypes.mistakesIn(
            lab,
            References.of(lab)
                .withParameters(lab.parameterValues(embedded.isPresent(), Map.of()))
                .withStandIn(STAND_IN)));
    mistakes.addAll(ExplanationFile.mistakesIn(lab));
    for (Path template : templates(lab)) {
      mistakes.addAll(TemplateCheck.mistakesIn(template, embedded));
    }
    return new ArrayList<>(mistakes);
  }

  /** A file that is missing is a mistake of the manifest, and told there. */
  private static List<Path> templates(Lab lab) {
    return lab.stacks().stream()
        .map(Lab.StackSpec::template)
        .distinct()
        .filter(Files::isRegularFile)
        .toList();
  }
}
