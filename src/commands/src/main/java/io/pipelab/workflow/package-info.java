/** A command is a named list of steps: {@link io.pipelab.workflow.Workflows} is their table. */
@NullMarked
package io.pipelab.workflow;

import org.jspecify.annotations.NullMarked;
