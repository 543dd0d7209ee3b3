package dev.tierwise.audit;

import dev.tierwise.core.DataClass;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One fact of the audit trail. A record is content-free: names are single words of at most 128
/// characters, and what is not one is kept as `unfit`; hashes are kept only if they look like
/// hashes; the labels, which may have blanks, are for the words of the operator's own files and
/// commands. So the text of a request has no field to stand in.
public sealed interface AuditRecord {
    /// The closing record of one request.
    ///
    /// @param origin who sent it, when and where to
    /// @param sensitivity how sensitive it is and how that is known
    /// @param decision where it might have gone and where it went
    /// @param evidence what ties the record to permits, bodies, policy and detector
    /// @param course how it ended
    record Request(
            Origin origin,
            Sensitivity sensitivity,
            Decision decision,
            Evidence evidence,
            Course course)
            implements AuditRecord {}

    /// A permit, written before the bytes that it lets out: what has left can then never be missing
    /// from the trail, even when the gateway is killed before the request's own record.
    ///
    /// @param requestId the request
    /// @param dataClass the class that the permit was given for
    /// @param permit the permit and its zone
    /// @param model the model that is called
    /// @param policy hash of the policy that allowed it
    record Permitted(
            String requestId, DataClass dataClass, Permit permit, String model, String policy)
            implements AuditRecord {
        public Permitted {
            requestId = Fit.name(requestId);
            model = Fit.name(model);
            policy = Fit.hash(policy);
        }
    }

    /// A policy came into force.
    ///
    /// @param policy its hash
    /// @param source what brought it: `start`, `reload` and the like
    /// @param detector the detector bundle in force with it
    record PolicySet(String policy, String source, String detector) implements AuditRecord {
        public PolicySet {
            policy = Fit.hash(policy);
            source = Fit.name(source);
            detector = Fit.name(detector);
        }
    }

    /// A person overrode the policy, or stopped doing so.
    ///
    /// @param what the override, such as `local-only` or `break-glass`
    /// @param on whether it began
    /// @param who the operator's name
    /// @param reason the operator's reason
    record Intervention(String what, boolean on, String who, String reason) implements AuditRecord {
        public Intervention {
            what = Fit.name(what);
            who = Fit.label(who);
            reason = Fit.label(reason);
        }
    }

    /// Something happened that must not: a permit that does not match the bytes, a zone that is not
    /// what it says.
    ///
    /// @param what the violation, such as `permit-mismatch`
    /// @param requestId the request it happened to, if any
    /// @param dataClass the class of what was at stake; null when not known
    /// @param place where the bytes were going; null when nowhere
    /// @param stopped whether it was stopped before a byte left
    record Violation(
            String what,
            @Nullable String requestId,
            @Nullable DataClass dataClass,
            @Nullable Place place,
            boolean stopped)
            implements AuditRecord {
        public Violation {
            what = Fit.name(what);
            requestId = requestId == null ? null : Fit.name(requestId);
        }
    }

    /// The gateway began.
    ///
    /// @param version the product's version
    /// @param policy hash of the policy in force
    /// @param detector the detector bundle in force
    /// @param permitsFirst whether every permit for regulated data is on disk as [Permitted] before
    ///   its bytes leave; a proof over a gateway that was killed needs it
    record Start(String version, String policy, String detector, boolean permitsFirst)
            implements AuditRecord {
        public Start {
            version = Fit.name(version);
            policy = Fit.hash(policy);
            detector = Fit.name(detector);
        }
    }

    /// The trail was closed in order; written by the trail itself.
    record Stop() implements AuditRecord {}

    /// A line that was cut short by a kill or a loss of power was taken off; written by the trail
    /// itself.
    ///
    /// @param file the segment it stood in
    /// @param bytes its length
    /// @param sha256 its SHA-256
    record Recovered(String file, long bytes, String sha256) implements AuditRecord {
        public Recovered {
            file = Fit.name(file);
            sha256 = Fit.hash(sha256);
        }
    }

    /// Records were refused because the trail had no room; written by the trail itself as soon as
    /// it has.
    ///
    /// @param count how many
    /// @param since when the first was refused
    record Gap(long count, Instant since) implements AuditRecord {}

    /// A new key signs from the next checkpoint but one; written by the trail itself.
    ///
    /// @param old id of the key so far
    /// @param fresh id of the new key
    record KeyChange(String old, String fresh) implements AuditRecord {
        public KeyChange {
            old = Fit.hash(old);
            fresh = Fit.hash(fresh);
        }
    }

    /// Old segments were dropped; written by the trail itself before they are.
    ///
    /// @param through the last sequence number dropped
    /// @param hash the hash of that line
    /// @param newest when the newest dropped line was written
    record Pruned(long through, String hash, Instant newest) implements AuditRecord {
        public Pruned {
            hash = Fit.hash(hash);
        }
    }

    /// Who sent a request, when and where to.
    ///
    /// @param arrived when it came
    /// @param requestId its id
    /// @param tenant the tenant
    /// @param key the name of the key, never the key
    /// @param route the route or endpoint
    /// @param purpose the task or purpose; null when none was named. One word of small letters,
    ///   digits and `-_.`, at most 32 characters with at most four digits; anything else, which a
    ///   client may have written, is kept as `other`
    record Origin(
            Instant arrived,
            String requestId,
            String tenant,
            String key,
            String route,
            @Nullable String purpose) {
        public Origin {
            requestId = Fit.name(requestId);
            tenant = Fit.name(tenant);
            key = Fit.name(key);
            route = Fit.name(route);
            purpose = purpose == null ? null : Fit.word(purpose);
        }
    }

    /// How sensitive a request is and how that is known.
    ///
    /// @param dataClass its class
    /// @param sources what raised it, such as `header:personal`, `scan:phi` or `floor:clinic-a`
    /// @param identifiers how many of each kind were found
    /// @param unscannable how many parts could not be read
    record Sensitivity(
            DataClass dataClass,
            List<String> sources,
            Map<String, Integer> identifiers,
            int unscannable) {
        public Sensitivity {
            sources = sources.stream().map(Fit::name).toList();
            var counts = new TreeMap<String, Integer>();
            identifiers.forEach((kind, count) -> counts.merge(Fit.name(kind), count, Integer::sum));
            identifiers = java.util.Collections.unmodifiableMap(counts);
        }
    }

    /// A zone as it was when the record was made, so that no policy file is needed to read it.
    ///
    /// @param zone its name
    /// @param local whether it is on this machine or network, under the operator's control
    /// @param jurisdiction where it is, such as `US`; null when not known
    record Place(String zone, boolean local, @Nullable String jurisdiction) {
        public Place {
            zone = Fit.name(zone);
            jurisdiction = jurisdiction == null ? null : Fit.name(jurisdiction);
        }
    }

    /// A zone that was not allowed.
    ///
    /// @param place the zone
    /// @param rule the rule that denied it
    record Denial(Place place, String rule) {
        public Denial {
            rule = Fit.label(rule);
        }
    }

    /// The contract under which data may go to a zone.
    ///
    /// @param reference its name in the policy
    /// @param expires its last day
    record Contract(String reference, LocalDate expires) {
        public Contract {
            reference = Fit.label(reference);
        }
    }

    /// Where a request might have gone and where it went.
    ///
    /// @param candidates the zones that were thought of
    /// @param denied those that were not allowed, with the rule
    /// @param rule the rule that decided
    /// @param transform what was done to the text first: `none`, `pseudonymise`
    /// @param target where it went; null when nowhere
    record Decision(
            List<Place> candidates,
            List<Denial> denied,
            String rule,
            String transform,
            @Nullable Target target) {
        public Decision {
            candidates = List.copyOf(candidates);
            denied = List.copyOf(denied);
            rule = Fit.label(rule);
            transform = Fit.name(transform);
        }
    }

    /// Where a request went.
    ///
    /// @param place the zone
    /// @param model the model
    /// @param contract the contract it rests on; null for a zone that needs none
    record Target(Place place, String model, @Nullable Contract contract) {
        public Target {
            model = Fit.name(model);
        }
    }

    /// A permit that was given for a request, used or not.
    ///
    /// @param hash its hash
    /// @param place the zone it is for
    record Permit(String hash, Place place) {
        public Permit {
            hash = Fit.hash(hash);
        }
    }

    /// What ties a record to permits, bodies, policy and detector.
    ///
    /// @param permits all permits of the request
    /// @param body keyed hash of the request's body; null when there was none
    /// @param policy hash of the policy
    /// @param detector the detector bundle
    record Evidence(List<Permit> permits, @Nullable String body, String policy, String detector) {
        public Evidence {
            permits = List.copyOf(permits);
            body = body == null ? null : Fit.hash(body);
            policy = Fit.hash(policy);
            detector = Fit.name(detector);
        }
    }

    /// How a request ended.
    ///
    /// @param outcome the kind of end
    /// @param attempts how many models were called
    record Course(Outcome outcome, int attempts) {}

    /// The kinds of ends.
    enum Outcome {
        /// The client has a whole answer.
        ANSWERED,
        /// The policy let it go nowhere.
        BLOCKED,
        /// No model gave an answer.
        FAILED,
        /// The answer broke off.
        BROKEN,
        /// The client left.
        ABANDONED,
        /// No client's request but a probe of `tw prove`.
        SELF_TEST;

        /// The word in the trail and in reports, such as `self-test`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
