/// Sums of the ledger for people and for programs: a page of text, or JSON. Reads, never writes.
@NullMarked
package dev.tierwise.report;

import org.jspecify.annotations.NullMarked;
