/** How Lambda reads queues for functions: pollers, the events they make, and what answers mean. */
@NullMarked
package io.pipelab.local.lambda.polling;

import org.jspecify.annotations.NullMarked;
