package io.pipelab.target;

import org.jspecify.annotations.Nullable;

/**
 * What one source (the flags, the environment, the configuration file) says about the target; null
 * where it says nothing.
 */
public record TargetSettings(
    @Nullable String target,
    @Nullable String endpointUrl,
    @Nullable String profile,
    @Nullable String region) {}
