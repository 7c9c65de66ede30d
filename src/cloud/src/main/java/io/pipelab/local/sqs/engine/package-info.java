/**
 * The queues' messages, held in process: no AWS SDK types, no wire, no threads of its own. Time and
 * waiting are injected.
 */
@org.jspecify.annotations.NullMarked
package io.pipelab.local.sqs.engine;
