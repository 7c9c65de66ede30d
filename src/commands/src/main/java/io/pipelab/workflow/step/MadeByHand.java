package io.pipelab.workflow.step;

import io.pipelab.verify.HandMade;
import io.pipelab.verify.load.Births;
import io.pipelab.verify.load.RecordStore;

/**
 * What was learnt of a lab whose parts were found by name.
 *
 * @param lab what is missing of it
 * @param records where is noted what was sent into it, unless a stack of it has a bucket for that
 * @param births when its parts were made
 */
public record MadeByHand(HandMade lab, RecordStore records, Births births) {}
