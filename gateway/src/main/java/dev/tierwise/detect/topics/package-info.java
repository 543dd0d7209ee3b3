/// Finds words of health and of the other special categories of GDPR art. 9.
@NullMarked
package dev.tierwise.detect.topics;

import org.jspecify.annotations.NullMarked;
