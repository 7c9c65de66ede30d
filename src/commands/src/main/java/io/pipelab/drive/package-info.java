/** Drives a lab: one file an action. */
@NullMarked
package io.pipelab.drive;

import org.jspecify.annotations.NullMarked;
