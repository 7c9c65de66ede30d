/** The steps until nothing of a lab is left, and the search for what is left all the same. */
@NullMarked
package io.pipelab.workflow.down;

import org.jspecify.annotations.NullMarked;
