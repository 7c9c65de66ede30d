/** SQS: queues and their attributes kept here, messages in the engine. */
@NullMarked
package io.pipelab.local.sqs;

import org.jspecify.annotations.NullMarked;
