/** Checks of tables and what is stored in them. */
@NullMarked
package io.pipelab.verify.check.table;

import org.jspecify.annotations.NullMarked;
