package io.pipelab.verify;

import org.jspecify.annotations.Nullable;

/**
 * What one check saw.
 *
 * @param expected the claim, in words: {@code "500 items"}
 * @param actual what was seen, in words: {@code "498 items"}
 * @param seconds how long it was waited for
 * @param hint what to do next, when it did not pass
 */
public record CheckResult(
    String id,
    CheckStatus status,
    String expected,
    String actual,
    double seconds,
    @Nullable String hint) {}
