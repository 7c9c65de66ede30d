/**
 * Lambda: functions, versions, aliases, permissions, and their invocation, at once or through the
 * asynchronous queue.
 */
@NullMarked
package io.pipelab.local.lambda;

import org.jspecify.annotations.NullMarked;
