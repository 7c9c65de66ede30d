package io.pipelab.lab;

import io.pipelab.lab.Lab.DriveSpec;
import java.util.List;

/**
 * One part of a lab, as its lesson builds it: looked at before the next one exists.
 *
 * @param goals what a learner can do after it
 * @param resources the logical ids of what it adds to the lab's stack
 * @param drive what {@code run} does to the lab once this part stands
 */
public record Phase(
    String id, String title, List<String> goals, List<String> resources, List<DriveSpec> drive) {}
