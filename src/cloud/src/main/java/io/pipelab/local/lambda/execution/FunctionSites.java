package io.pipelab.local.lambda.execution;

import io.pipelab.local.kernel.NetworkTenants;

/** Says in which subnet, and with which address, an environment of a function runs. */
@FunctionalInterface
public interface FunctionSites {
  /** The place for one more environment. */
  NetworkTenants.Site next(FunctionVpc vpc);
}
