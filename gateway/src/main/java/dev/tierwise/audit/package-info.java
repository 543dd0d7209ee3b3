/// The audit trail: what was decided about every request, who decided and under which policy, as an
/// append-only chain of records on disk that anybody with the public key can check. No record has a
/// place for the text of a request. Also the reports and proofs made out of it.
@NullMarked
package dev.tierwise.audit;

import org.jspecify.annotations.NullMarked;
