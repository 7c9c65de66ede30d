/** The interface by which a service offers a CloudFormation resource type. */
@NullMarked
package io.pipelab.local.cloudformation.resource;

import org.jspecify.annotations.NullMarked;
