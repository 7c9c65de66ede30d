/** Checks of functions and their invocations. */
@NullMarked
package io.pipelab.verify.check.function;

import org.jspecify.annotations.NullMarked;
