/** Checks of databases. */
@NullMarked
package io.pipelab.verify.check.database;

import org.jspecify.annotations.NullMarked;
