/** RDS: database instances with a real server behind them. */
@NullMarked
package io.pipelab.local.rds;

import org.jspecify.annotations.NullMarked;
