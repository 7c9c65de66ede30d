package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One member of a template's Outputs section. */
public record OutputDeclaration(
    String name,
    JsonNode value,
    @Nullable String description,
    @Nullable JsonNode exportName,
    @Nullable String condition) {}
