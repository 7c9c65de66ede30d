/** MariaDB's server: how it comes to this machine, starts, is spoken to, and ends. */
@NullMarked
package io.pipelab.local.rds.server;

import org.jspecify.annotations.NullMarked;
