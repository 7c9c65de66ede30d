/** CloudFormation templates, checked before anything is created, without a running cloud. */
@NullMarked
package io.pipelab.lab.template;

import org.jspecify.annotations.NullMarked;
