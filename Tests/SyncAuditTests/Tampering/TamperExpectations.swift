import SyncAudit
import SyncReplica
import SyncStore

/// What must be said of each value of `meta`.
enum TamperExpectations {
    static let hubKeys: [(String, Tampering.Expectation)] = [
        (HubKey.space, .named([.batchInvalid, .headForged, .metaMissing, .spaceDiffers])),
        (HubKey.epoch, .named([.rowDiffers])),
        (HubKey.publicKey, .named([.headForged, .metaMissing, .hubKeyDiffers])),
        (HubKey.lastReceivedAt, .named([.rowDiffers])),
        (HubKey.rules, .named([.rowDiffers])), (HubKey.firstBreak, .named([.rowDiffers])),
        (HubKey.mentionsLow, .listed("settings")), (HubKey.mentionsHigh, .listed("settings")),
        (HubKey.accessSealed, .named([.metaMissing])), (HubKey.url, .listed("settings")),
        (HubKey.servedURL, .listed("settings")), (HubKey.tls, .listed("settings")),
        (HubKey.backedUp, .listed("settings")), (HubKey.backedUpAt, .listed("settings")),
        (HubKey.openedByHand, .listed("settings")),
    ]

    static func replicaKey(_ key: String) -> Tampering.Expectation {
        switch key {
        case ReplicaKey.publicKey: .named([.deviceUnknown, .metaMissing])
        case ReplicaKey.hubKey, ReplicaKey.space:
            .named([.headForged, .receiptInvalid, .metaMissing])
        case ReplicaKey.head: .named([.headForged, .metaMissing])
        case ReplicaKey.lastReceipted: .named([.rowDiffers])
        default: .listed("settings")
        }
    }
}

extension TamperCatalogue {
    private static let batchKinds: Set<Kind> = [
        .batchMissing, .batchDamaged, .batchAltered, .batchMoved, .batchInvalid, .chainBroken,
        .signatureInvalid, .deviceUnknown,
    ]
    private static let recordKinds: Set<Kind> = [
        .recordAltered, .recordMissing, .recordAdded, .conflictMissing, .classAltered,
        .digestRowDiffers, .digestDiffers,
    ]

    /// What must be said of a changed value.
    static func expectation(
        _ subject: String, _ table: String, _ column: String
    ) -> Tampering.Expectation {
        subject == "hub" ? hub(table, column) : replica(table, column)
    }

    /// What must be said of rows that are dropped or doubled.
    static func rowExpectation(
        _ subject: String, _ table: String, _ act: String
    ) -> Tampering.Expectation {
        subject == "hub" ? hub(table, "") : replica(table, "")
    }

    private static func hub(_ table: String, _ column: String) -> Tampering.Expectation {
        switch (table, column) {
        case ("journal", "peer"), ("journal", "number"), ("journal", "hash"),
            ("journal", "is_clean"), ("journal", "head_id"):
            .named([.rowDiffers])
        case ("journal", "signature"): .named([.rowDiffers, .signatureInvalid])
        case ("journal", "leaf"): .named([.leafAltered, .batchMoved])
        case ("journal", "head"): .named([.headForged])
        case ("journal", _): .named(batchKinds)
        case ("merkle", _): .named([.treeAltered, .batchMissing])
        case ("records", _): .named(recordKinds.union([.fileDamaged]))
        case ("digest", _): .named([.digestRowDiffers])
        case ("peers", _): .named(recordKinds.union([.rowDiffers]))
        case ("tokens", ""), ("invites", ""), ("enrolments", ""): .listed(table)
        case ("tokens", _), ("invites", _), ("enrolments", _): .named([.accessForged])
        case ("seen", "device"), ("quotas", "device"), ("renewals", "device"):
            .named([.accessForged])
        case ("seen", _), ("quotas", _), ("renewals", _): .listed(table)
        case ("accepted", "accepted_at"): .listed("accepted")
        case ("authored_range", _): .listed("authored_range")
        default: .named([.rowDiffers])
        }
    }

    private static func replica(_ table: String, _ column: String) -> Tampering.Expectation {
        switch (table, column) {
        case ("records", "position"): .listed("records.position")
        case ("records", _): .named(recordKinds.union([.fileDamaged, .rowDiffers]))
        case ("digest", _): .named([.digestRowDiffers])
        case ("pending", "saved_at"): .listed("pending.saved_at")
        // The ground's hub was put back: see `ReplicaSideTables`.
        case ("pending", ""): .listed("pending")
        case ("pending", _): .named([.pendingDamaged])
        case ("batches", "proved"): .listed("batches.proved")
        case ("batches", "first_receipt"): .named([.receiptInvalid])
        case ("batches", "position"): .named([.rowDiffers])
        case ("batches", "receipt"): .named([.receiptInvalid])
        case ("batches", _):
            .named(batchKinds.union([.rowDiffers, .receiptInvalid, .pendingDamaged]))
        case ("heads", ""): .listed("heads")
        case ("heads", _), ("lost_heads", "head"), ("lost_heads", "size"),
            ("lost_heads", "epoch"):
            .named([.headForged])
        case ("peers", _): .named(recordKinds.union([.rowDiffers]))
        case ("counts", _): .named([.rowDiffers])
        case ("former_batches", "position"), ("former_batches", "receipt"):
            .listed("former_batches")
        case ("former_batches", ""): .listed("former_batches")
        case ("former_batches", _): .named([.batchAltered])
        case ("identities", ""): .named([.rowDiffers])
        default: .listed(table)
        }
    }
}
