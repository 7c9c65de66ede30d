/** The command line: one class a command, which parses and hands over. */
@NullMarked
package io.pipelab.cli;

import org.jspecify.annotations.NullMarked;
