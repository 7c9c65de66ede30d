/** Kinesis Data Streams: streams and their settings kept here, records in the engine. */
@NullMarked
package io.pipelab.local.kinesis;

import org.jspecify.annotations.NullMarked;
