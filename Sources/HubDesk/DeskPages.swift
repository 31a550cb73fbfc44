import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import SystemTimeZones

/// What each page shows, as its template reads it.
struct DeskPages {
    let desk: Desk
    let store: SQLHubStore
    let environment: Environment
    let language: DeskLanguage

    var labels: LabelLanguage { language.labels }
    var words: [String: String] { DeskWords.texts(language) }
    /// A list on a page; what is more is found by searching.
    private static let rowLimit = 200

    // MARK: Words

    private func time(_ milliseconds: Int64?, _ zone: ZoneRules) -> String {
        guard let milliseconds, milliseconds > 0 else { return "–" }
        return "\(zone.localTime(atUTCSeconds: milliseconds / 1_000))"
    }

    private func label(_ collection: String) -> String {
        Schema.outreach.label(ofCollection: collection)?[labels] ?? collection
    }

    /// A field's value as a person reads it.
    func shown(
        _ value: Value?, _ field: String, _ collection: String, _ zone: ZoneRules
    ) -> String {
        let description = Schema.outreach.collection(named: collection)?.field(named: field)
        return ValuePresenter(language: labels, zone: zone)
            .text(of: value ?? .null, for: description)
    }

    private func fieldLabel(_ field: String, _ collection: String) -> String {
        if field == FieldName.deleted { return words["deleted"] ?? field }
        return Schema.outreach.collection(named: collection)?.field(named: field)?.label[labels]
            ?? field
    }

    func deviceNames(_ replica: Replica) throws -> [DeviceID: String] {
        var names: [DeviceID: String] = [:]
        try replica.eachRecord(in: HubCollection.devices) {
            names[$0.key.id] = $0.values["name"]?.text
        }
        return names
    }

    // MARK: Devices

    /// - Parameter invite: a new one, to be shown once.
    func devices(invite: Invite? = nil) async throws -> [String: Any] {
        let own = await desk.device()
        let zone = ZoneRules.system(named: try store.facts().timeZone) ?? .shanghai
        let size = try store.facts().position
        let now = environment.nowMilliseconds()
        var context: [String: Any] = [
            "devices": try store.devices().map { standing in
                [
                    "id": standing.device.id.hex, "name": standing.device.name,
                    "role": words["role_" + standing.device.role] ?? standing.device.role,
                    "seen": time(standing.lastSeen, zone),
                    "position": standing.position == 0 ? "–" : "\(standing.position)",
                    "behind": "\(size - standing.position)",
                    "revoked": standing.device.isRevoked,
                    "is_desk": standing.device.id == own,
                    "heirs": try heirs(standing.device.id),
                ] as [String: Any]
            },
            "invites": try store.openInvites().map { invite in
                [
                    "id": invite.hash.hex, "name": invite.name,
                    "role": words["role_" + invite.role] ?? invite.role,
                    "expires": time(invite.expires, zone), "over": invite.expires <= now,
                ] as [String: Any]
            },
        ]
        if let invite {
            context["invite"] = invite.text
            // Its words are ours, its picture is made of numbers.
            context["code"] = InviteCode.svg(invite.text, title: words["code"] ?? "")
            context["invite_expires"] = time(invite.expires, zone)
        }
        return context
    }

    /// In one text, in a list: an empty text would count as one.
    private func heirs(_ device: DeviceID) throws -> [String] {
        let names = try store.descendants(of: device).filter { !$0.isRevoked }.map(\.name)
        return names.isEmpty ? [] : [names.joined(separator: ", ")]
    }

    // MARK: Records

    func records(_ query: DeskForm) async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        let name = query["collection"] ?? CollectionDescription.stops.name
        guard let collection = Schema.outreach.collection(named: name) else {
            throw DeskFault.missing
        }
        let search = (query["q"] ?? "").lowercased()
        let showsDeleted = query["deleted"] == "1"
        let names = try deviceNames(replica)
        var found: [RecordView] = []
        var more = false
        try replica.eachRecord(in: name) { view in
            guard view.isDeleted == showsDeleted, matches(view, search, collection, zone) else {
                return
            }
            found.append(view)
            if found.count > Self.rowLimit {
                found.removeFirst()
                more = true
            }
        }
        return [
            "collection": name, "label": label(name), "q": query["q"] ?? "",
            "deleted": showsDeleted, "more": more,
            "collections": Schema.outreach.collections.map {
                ["name": $0.name, "label": $0.label[labels], "here": $0.name == name]
                    as [String: Any]
            },
            "columns": collection.listColumns.map { fieldLabel($0, name) },
            "rows": try found.reversed().map { try row($0, names, zone) },
        ]
    }

    private func matches(
        _ view: RecordView, _ search: String, _ collection: CollectionDescription, _ zone: ZoneRules
    ) -> Bool {
        guard !search.isEmpty else { return true }
        if view.key.id.hex.hasPrefix(search) { return true }
        return view.values.contains { field, value in
            shown(value, field, collection.name, zone).lowercased().contains(search)
        }
    }

    /// A record as a line of a list.
    func row(
        _ view: RecordView, _ names: [DeviceID: String], _ zone: ZoneRules
    ) throws -> [String: Any] {
        let name = view.key.collection
        let collection = Schema.outreach.collection(named: name)
        let writer = view.state.fields.map(\.register.stamp).max()?.device
        return [
            "id": view.key.id.hex, "collection": name,
            "who": writer.flatMap { names[$0] } ?? "–",
            "cells": (collection?.listColumns ?? []).map {
                shown(view.values[$0], $0, name, zone)
            },
        ]
    }

    func record(_ name: String, _ id: String) async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        // What the hub keeps of itself is not a record of the log's.
        guard Schema.outreach.collection(named: name) != nil, let id = RecordID(hex: id),
            let view = try replica.record(RecordKey(name, id))
        else {
            throw DeskFault.missing
        }
        let names = try deviceNames(replica)
        let collection = Schema.outreach.collection(named: name)
        let order = collection?.fields.map(\.name) ?? []
        let fields = view.values.keys.sorted {
            (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1)
        }
        let status = view.values["status"]?.text ?? "open"
        return [
            "id": id.hex, "collection": name, "label": label(name), "is_deleted": view.isDeleted,
            "seen": DeskActs.mark(of: view),
            "fields": fields.map {
                ["label": fieldLabel($0, name), "value": shown(view.values[$0], $0, name, zone)]
            },
            "history": try replica.history(view.key).reversed().map { trace in
                [
                    "field": fieldLabel(trace.field, name),
                    "value": shown(trace.value, trace.field, name, zone),
                    "who": names[trace.device] ?? String(trace.device.hex.prefix(12)),
                    "when": time(trace.stamp.milliseconds, zone),
                    "received": time(trace.receivedAt, zone),
                    "position": trace.position.map { "\($0)" } ?? "–",
                    "lost": trace.lostTo != nil,
                ] as [String: Any]
            },
            "can_assign": name == "hazards" && status == "open",
            "can_resolve": name == "hazards" && (status == "open" || status == "assigned"),
            "departments": departments,
        ]
    }

    private var departments: [[String: Any]] {
        guard
            case .enumeration(let words)? = CollectionDescription.hazards
                .field(named: "assigned_to")?.type
        else { return [] }
        return words.terms.map { ["value": $0.key, "label": $0.label[labels]] }
    }

    // MARK: Conflicts

    func conflicts() async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        let names = try deviceNames(replica)
        let open = try replica.conflicts().filter { !$0.conflict.isResolved }
        func side(_ register: Register, _ field: String, _ collection: String) -> [String: Any] {
            [
                "value": shown(register.value.value, field, collection, zone),
                "who": names[register.stamp.device] ?? "–",
                "when": time(register.stamp.time.milliseconds, zone),
            ]
        }
        return [
            "conflicts": try open.map { view in
                let record = try replica.record(view.conflict.record)
                let conflict = view.conflict
                let name = conflict.record.collection
                let keptField = conflict.keptField ?? conflict.field
                let present = record?.state[conflict.field]
                // Somebody may have written since the two met.
                let newer = present.map { $0.stamp != conflict.kept.stamp } ?? false
                return [
                    "seen": record.map { DeskActs.mark(of: $0) } ?? "-",
                    "now": newer ? present.map { [side($0, conflict.field, name)] } ?? [] : [],
                    "id": view.id.hex, "collection": label(name), "name": name,
                    "record": conflict.record.id.hex, "field": fieldLabel(conflict.field, name),
                    "kept": side(conflict.kept, keptField, name),
                    "lost": side(conflict.lost, conflict.field, name),
                    "can_edit": conflict.field != FieldName.deleted
                        && keptField != FieldName.deleted,
                ] as [String: Any]
            }
        ]
    }

    // MARK: Health and the hub's own acts

    func health(_ lines: [DeskHealthLine]) throws -> [String: Any] {
        let status = try store.status()
        let zone = ZoneRules.system(named: status.facts.timeZone) ?? .shanghai
        return [
            "lines": lines.map { line in
                [
                    "level": line.level, "text": line.text,
                    "mend": line.level == "ok" ? "" : line.mend ?? "",
                    "word": words["level_" + line.level] ?? line.level,
                ]
            },
            "position": status.facts.position, "digest": status.digest.hex,
            "epoch": status.facts.epoch.hex,
            "backed_up": status.backedUpAt.map { time($0, zone) } ?? "–",
            "backed_up_position": status.backedUpPosition,
            "sessions": try store.deskAccess().sessions
                .filter { $0.expires > environment.nowMilliseconds() }.map {
                    [
                        "rights": words["rights_" + $0.rights.rawValue] ?? "",
                        "made": time($0.made, zone), "expires": time($0.expires, zone),
                    ]
                },
        ]
    }

    /// What the hub did itself: its own batches, the newest first.
    func log() throws -> [String: Any] {
        let facts = try store.facts()
        let zone = ZoneRules.system(named: facts.timeZone) ?? .shanghai
        let acts = try store.ownActs(limit: Self.rowLimit)
        return [
            "acts": acts.map { act in
                [
                    "position": act.position, "when": time(act.receivedAt, zone),
                    "what": act.changes.map { change in
                        "\(label(change.collection)) \(change.name): \(change.fields.joined(separator: ", "))"
                    }.joined(separator: "; "),
                ] as [String: Any]
            }
        ]
    }

    // MARK: Downloads

    /// A collection as CSV: its file's name and its content.
    func export(_ file: String) async throws -> (name: String, content: String) {
        guard file.hasSuffix(".csv"),
            let collection = Schema.outreach.collection(named: String(file.dropLast(4)))
        else { throw DeskFault.missing }
        let (replica, zone) = try await desk.current()
        let presenter = ValuePresenter(language: labels, zone: zone)
        var csv = CSVWriter()
        csv.append(
            [.text(CollectionDescription.idTitle[labels])] + collection.exportHeader(in: labels))
        try replica.eachRecord(in: collection.name) { view in
            guard !view.isDeleted else { return }
            csv.append(
                [.literal(view.key.id.hex)] + collection.exportRow(view.values, with: presenter))
        }
        return (file, String(decoding: csv.bytes, as: UTF8.self))
    }
}
