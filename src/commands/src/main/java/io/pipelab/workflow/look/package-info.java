/** What is read of standing labs: status, logs, metrics, a resource's name. */
@NullMarked
package io.pipelab.workflow.look;

import org.jspecify.annotations.NullMarked;
