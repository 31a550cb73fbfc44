import CommandKit
import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import SystemTimeZones

/// How the hub stands, and what it did.
extension DeskPages {
    /// Heads that are listed.
    private static let headLimit = 10

    func health(
        _ lines: [HealthLine], shelf: DeskShelf?, data: String
    ) throws -> [String: Any] {
        let status = try store.status()
        let zone = ZoneRules.ofSpace(status.facts.timeZone)
        let now = environment.nowMilliseconds()
        return [
            "lines": lines.map { line in
                [
                    "level": line.level.rawValue, "text": line.text,
                    // An empty text would count as one.
                    "mend": line.mend.map { [$0] } ?? [],
                    "word": words["level_" + line.level.rawValue] ?? line.level.rawValue,
                ] as [String: Any]
            },
            "position": status.facts.position, "digest": status.digest.hex,
            "data_size": size(PlainFile.size(data + "/hub.sqlite")),
            "wal_size": size(PlainFile.size(data + "/hub.sqlite-wal")),
            "free": PlainFile.freeBytes(at: data).map(size) ?? "–",
            "backed_up": status.backedUpAt.map { time($0, zone) } ?? "–",
            "backup_age": status.backedUpAt.map { age(now - $0) } ?? "–",
            "backed_up_position": status.backedUpPosition,
            "backup_missing": max(0, status.facts.position - status.backedUpPosition),
            "shelf": shelf.map { [self.shelf($0, zone)] } ?? [],
            "epochs": try store.epochs().reversed().map { epoch in
                [
                    "id": epoch.id.hex, "size": epoch.size,
                    "opened": time(epoch.openedAt, zone),
                    "cause": epoch.cause.map { words["epoch_" + $0] ?? $0 } ?? "",
                ] as [String: Any]
            },
            "followers": try followers(zone),
            "heads": try store.newestHeads(Self.headLimit).map { signed in
                [
                    "size": signed.head.size, "root": signed.head.root.hex,
                    "time": time(signed.head.time, zone),
                ] as [String: Any]
            },
            "sessions": try store.deskAccess().sessions
                .filter { $0.expires > now }.map {
                    [
                        "rights": words["rights_" + $0.rights.rawValue] ?? "", "mark": $0.mark,
                        "made": time($0.made, zone), "expires": time($0.expires, zone),
                    ]
                },
        ]
    }

    private func shelf(_ shelf: DeskShelf, _ zone: ZoneRules) -> [String: Any] {
        let backups = shelf.backups ?? []
        return [
            "folder": shelf.folder, "unreadable": shelf.backups == nil,
            "empty": shelf.backups?.isEmpty == true, "has_backups": !backups.isEmpty,
            "backups": backups.prefix(Self.rowLimit).map {
                ["name": $0.name, "size": size($0.bytes), "made": time($0.madeAt, zone)]
            },
        ]
    }

    /// Auditors' devices: those that keep a copy of the log are among them.
    private func followers(_ zone: ZoneRules) throws -> [[String: Any]] {
        try store.devices()
            .filter { $0.device.role == Role.auditor.rawValue && !$0.device.isRevoked }
            .map { standing in
                [
                    "name": standing.device.name, "seen": time(standing.lastSeen, zone),
                    "behind": try behind(standing, zone),
                ]
            }
    }

    /// What the hub and its page's device did, the newest first.
    func log() async throws -> [String: Any] {
        let facts = try store.facts()
        let zone = ZoneRules.ofSpace(facts.timeZone)
        let replica = try await desk.current().replica
        let own = try replica.deviceID()
        let names = try deviceNames(replica)
        let acts = try store.ownActs(limit: Self.rowLimit, and: [own])
        return [
            "acts": acts.map { act in
                let told = act.changes.map { change in
                    let collection = change.key.collection
                    return [
                        "text": "\(label(collection)) \(change.name): \(what(change))",
                        // An empty text would count as one.
                        "link": Schema.outreach.collection(named: collection) == nil
                            ? [] : ["/records/\(collection)/\(change.key.id.hex)"],
                    ] as [String: Any]
                }
                return [
                    "position": act.position, "when": time(act.receivedAt, zone),
                    "who": act.device == own
                        ? names[own] ?? "desk" : words["the_hub"] ?? "",
                    "changes": told,
                    "rest": act.changeCount > told.count
                        ? word("and_more", ["n": "\(act.changeCount - told.count)"]) : "",
                ] as [String: Any]
            }
        ]
    }

    /// What a change did: in a word where there is one, else by its fields.
    private func what(_ change: SQLHubStore.OwnAct.Change) -> String {
        let collection = change.key.collection
        if let isDeleted = change.flags[FieldName.deleted] {
            return words[isDeleted ? "act_deleted" : "act_restored"] ?? ""
        }
        if collection == HubCollection.devices {
            if change.fields.contains("key") { return words["act_let_in"] ?? "" }
            if let isRevoked = change.flags["revoked"] {
                return words[isRevoked ? "act_shut_out" : "act_let_in_again"] ?? ""
            }
            if change.fields == ["name"] { return words["act_renamed"] ?? "" }
        }
        if collection == HubCollection.epochs { return words["act_opened"] ?? "" }
        if collection == HubCollection.space { return words["act_set"] ?? "" }
        return change.fields.map { fieldLabel($0, collection) }.joined(separator: ", ")
    }

    // MARK: Sizes and ages

    private func size(_ bytes: Int64) -> String {
        bytes < 10 << 20 ? "\((bytes + 1_023) >> 10) KiB" : "\(bytes >> 20) MiB"
    }

    private func age(_ milliseconds: Int64) -> String {
        let hours = max(0, milliseconds) / 3_600_000
        return hours < 48
            ? word("hours_ago", ["n": "\(hours)"]) : word("days_ago", ["n": "\(hours / 24)"])
    }
}
