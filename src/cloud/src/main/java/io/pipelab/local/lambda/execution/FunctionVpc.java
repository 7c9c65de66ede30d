package io.pipelab.local.lambda.execution;

import java.util.List;

/** The subnets that a function may run in, and the security groups that it has there. */
public record FunctionVpc(List<String> subnets, List<String> securityGroups) {}
