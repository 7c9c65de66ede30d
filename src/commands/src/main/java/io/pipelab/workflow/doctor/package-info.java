/** What would stop a lab on a target, looked for before anything is set up. */
@NullMarked
package io.pipelab.workflow.doctor;

import org.jspecify.annotations.NullMarked;
