/// Orders the models that may and can answer into a plan. Pure: no log, no wait, no clock.
@NullMarked
package dev.tierwise.route;

import org.jspecify.annotations.NullMarked;
