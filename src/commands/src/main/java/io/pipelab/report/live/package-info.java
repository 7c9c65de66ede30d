/** The live view of a terminal: what is going on, redrawn in place. */
@NullMarked
package io.pipelab.report.live;

import org.jspecify.annotations.NullMarked;
