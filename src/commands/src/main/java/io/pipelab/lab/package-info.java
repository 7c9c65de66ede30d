/** A lab as data: its manifest's records and the catalog that finds them. */
@NullMarked
package io.pipelab.lab;

import org.jspecify.annotations.NullMarked;
