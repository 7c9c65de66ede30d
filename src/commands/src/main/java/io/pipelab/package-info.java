/** pipelab: event-driven AWS labs as commands. */
@NullMarked
package io.pipelab;

import org.jspecify.annotations.NullMarked;
