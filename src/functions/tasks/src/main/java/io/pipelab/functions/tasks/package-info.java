/** The functions of the lab {@code task-manager}: tasks in MySQL, announced and worked off. */
@NullMarked
package io.pipelab.functions.tasks;

import org.jspecify.annotations.NullMarked;
