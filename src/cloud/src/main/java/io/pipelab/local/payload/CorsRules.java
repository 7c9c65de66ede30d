package io.pipelab.local.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of the web may call, and what they may see.
 *
 * @param maxAge for how many seconds a browser may keep the answer to its preflight request
 */
public record CorsRules(
    boolean allowCredentials,
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    @Nullable Integer maxAge) {}
