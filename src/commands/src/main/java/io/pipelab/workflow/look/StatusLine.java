package io.pipelab.workflow.look;

import java.util.Map;

/**
 * One thing of a lab, as it is now.
 *
 * @param kind {@code stack}, {@code queue}, {@code alarm} ...
 * @param name how the user knows it
 * @param text its state, for people
 * @param facts its state, for programs
 */
public record StatusLine(String kind, String name, String text, Map<String, Object> facts) {}
