/** A stream's records, held in process: no AWS SDK types, no wire, no threads. Time is injected. */
@org.jspecify.annotations.NullMarked
package io.pipelab.local.kinesis.engine;
