/** Checks of stacks. */
@NullMarked
package io.pipelab.verify.check.stack;

import org.jspecify.annotations.NullMarked;
