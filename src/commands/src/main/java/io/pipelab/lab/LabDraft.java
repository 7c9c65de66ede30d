package io.pipelab.lab;

import io.pipelab.lab.ManifestError.Mistake;
import java.util.List;

/**
 * A lab as far as its manifest could be read.
 *
 * @param lab what could not be read is empty in it
 * @param mistakes every mistake in the manifest itself
 */
public record LabDraft(Lab lab, List<Mistake> mistakes) {}
