/** EventBridge: buses, rules by pattern and by schedule, and the delivery to their targets. */
@NullMarked
package io.pipelab.local.eventbridge;

import org.jspecify.annotations.NullMarked;
