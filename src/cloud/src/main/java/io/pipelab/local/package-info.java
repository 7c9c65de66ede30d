/** The embedded cloud: one JVM, one gateway on the loopback interface. */
@NullMarked
package io.pipelab.local;

import org.jspecify.annotations.NullMarked;
