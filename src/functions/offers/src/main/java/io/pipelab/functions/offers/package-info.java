/** The functions of the lab {@code job-offers}: CSV files to a table, and an API on it. */
@NullMarked
package io.pipelab.functions.offers;

import org.jspecify.annotations.NullMarked;
