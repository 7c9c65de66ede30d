/** What the body of a queue's message holds, envelope by envelope. */
@NullMarked
package io.pipelab.drive.envelope;

import org.jspecify.annotations.NullMarked;
