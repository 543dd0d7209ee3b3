/// One model in several sites: which of them is asked, and what becomes of a request that one of
/// them cannot take.
@NullMarked
package dev.tierwise.call.pool;

import org.jspecify.annotations.NullMarked;
