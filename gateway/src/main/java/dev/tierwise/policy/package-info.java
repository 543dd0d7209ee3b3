/// Which class of data may go to which zone: values and their evaluation, without any side effect.
@NullMarked
package dev.tierwise.policy;

import org.jspecify.annotations.NullMarked;
