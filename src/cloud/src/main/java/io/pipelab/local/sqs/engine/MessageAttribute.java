package io.pipelab.local.sqs.engine;

import org.jspecify.annotations.Nullable;

/**
 * One attribute of a message as its sender gave it.
 *
 * @param text the value of a String or Number, null for a Binary
 * @param bytes the value of a Binary, null for the others
 */
public record MessageAttribute(
    String name, String dataType, @Nullable String text, byte @Nullable [] bytes) {}
