/** Finds the parts of a lab that somebody made by hand, by their well-known names. */
@NullMarked
package io.pipelab.workflow.byname;

import org.jspecify.annotations.NullMarked;
