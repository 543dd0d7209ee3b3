package dev.tierwise.app;

import dev.tierwise.audit.AuditReport;
import dev.tierwise.audit.Verification;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the audit commands say as JSON, for `--json`.
final class AuditJson {
    private AuditJson() {}

    static ObjectNode verification(Verification verification) {
        ObjectNode node = StoreJson.object();
        node.put("intact", verification instanceof Verification.Intact);
        switch (verification) {
            case Verification.Intact(var chain, var remarks) -> {
                chain(node, chain);
                remarks.forEach(node.putArray("remarks")::add);
            }
            case Verification.Broken(var chain, var fault) -> {
                node.putObject("fault")
                        .put("file", fault.file())
                        .put("line", fault.line())
                        .put("meaning", fault.meaning());
                chain(node, chain);
            }
            case Verification.Missing(String message) -> node.put("error", message);
            case Verification.Unreadable(String message) -> node.put("error", message);
        }
        return node;
    }

    static ObjectNode report(AuditReport report) {
        ObjectNode node = StoreJson.object();
        AuditReport.Figures figures = report.figures();
        node.put("records", figures.records());
        node.put("requests", figures.requests());
        node.put("blocked", figures.blocked());
        node.put("elsewhere", figures.elsewhere());
        node.put("violations", figures.violations());
        node.put("overrides", figures.overrides());
        node.set("verification", verification(report.verification()));
        return node;
    }

    private static void chain(ObjectNode node, Verification.Chain chain) {
        node.put("records", chain.lines()).put("files", chain.segments());
        end(node, "first", chain.first());
        end(node, "last", chain.last());
        node.put("dropped_through", chain.prunedThrough());
        Verification.Signatures signatures = chain.signatures();
        node.put("checkpoints", signatures.checkpoints()).put("covered", signatures.covered());
        signatures.keys().forEach(node.putArray("keys")::add);
    }

    private static void end(ObjectNode node, String name, Verification.@Nullable End end) {
        if (end == null) {
            node.putNull(name);
        } else {
            node.putObject(name)
                    .put("seq", end.sequence())
                    .put("hash", end.hash())
                    .put("time", end.time());
        }
    }
}
