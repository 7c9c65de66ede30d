/** Stacks and the operations that create, update, roll back and delete them. */
@NullMarked
package io.pipelab.local.cloudformation.engine;

import org.jspecify.annotations.NullMarked;
