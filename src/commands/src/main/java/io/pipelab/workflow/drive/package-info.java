/** What is done to a standing lab: one step with its settings an action. */
@NullMarked
package io.pipelab.workflow.drive;

import org.jspecify.annotations.NullMarked;
