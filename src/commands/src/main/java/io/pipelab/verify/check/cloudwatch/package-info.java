/** Checks of alarms, metrics and logs. */
@NullMarked
package io.pipelab.verify.check.cloudwatch;

import org.jspecify.annotations.NullMarked;
