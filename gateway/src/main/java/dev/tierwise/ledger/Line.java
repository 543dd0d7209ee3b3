package dev.tierwise.ledger;

/// What the ledger takes in.
sealed interface Line permits Entry, Feedback {}
