/** The processes in which functions and tasks run: none of them outlives the cloud. */
@NullMarked
package io.pipelab.local.process;

import org.jspecify.annotations.NullMarked;
