package io.pipelab.local.kernel;

import software.amazon.awssdk.core.SdkPojo;

/**
 * One API action's code: a typed request in, a typed response out, {@link AwsError} when it is
 * refused.
 */
@FunctionalInterface
public interface Action<I extends SdkPojo, O extends SdkPojo> {
  O handle(I request, Caller caller);
}
