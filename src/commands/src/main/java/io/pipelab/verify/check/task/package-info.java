/** Checks of the tasks that a function keeps in a database. */
@NullMarked
package io.pipelab.verify.check.task;

import org.jspecify.annotations.NullMarked;
