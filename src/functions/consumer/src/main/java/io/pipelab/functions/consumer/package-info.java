/**
 * The container's program of the decoupling lab: it drains a queue into a table. It ships to AWS
 * and imports nothing of the rest.
 */
@NullMarked
package io.pipelab.functions.consumer;

import org.jspecify.annotations.NullMarked;
