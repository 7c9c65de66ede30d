/** Checks of queues and their messages. */
@NullMarked
package io.pipelab.verify.check.queue;

import org.jspecify.annotations.NullMarked;
