package io.pipelab.local.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of a template's Resources section.
 *
 * @param properties as they are written, functions and all
 * @param condition the condition's name, or null
 */
public record ResourceDeclaration(
    String logicalId,
    String type,
    ObjectNode properties,
    @Nullable String condition,
    List<String> dependsOn,
    RemovalPolicy deletionPolicy,
    RemovalPolicy updateReplacePolicy,
    @Nullable JsonNode metadata) {}
