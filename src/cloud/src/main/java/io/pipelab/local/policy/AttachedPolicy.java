package io.pipelab.local.policy;

/**
 * A policy that takes part in a decision.
 *
 * @param name what a reader finds it by: a managed policy's ARN, an inline policy's name, the ARN
 *     of the resource that it is attached to
 */
public record AttachedPolicy(PolicyKind kind, String name, Policy policy) {}
