/// What every request took and cost: an append-only record on disk, and the sums over it. The only
/// package that writes the ledger file.
@NullMarked
package dev.tierwise.ledger;

import org.jspecify.annotations.NullMarked;
