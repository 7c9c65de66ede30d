/** What a lab's author tells about it: text for learners, by phase and step. */
@NullMarked
package io.pipelab.lab.explain;

import org.jspecify.annotations.NullMarked;
