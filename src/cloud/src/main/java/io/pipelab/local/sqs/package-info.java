/** SQS: queues and their attributes kept here, messages kept by ElasticMQ. */
@NullMarked
package io.pipelab.local.sqs;

import org.jspecify.annotations.NullMarked;
