import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore

/// What an operator does on the page.
struct DeskActs {
    let desk: Desk
    let store: SQLHubStore
    let environment: Environment
    let language: DeskLanguage

    private static let inviteHours: Set<Int64> = [1, 24, 168]

    private func refused(_ key: String) -> DeskFault {
        .refused(DeskWords.texts(language)[key] ?? key)
    }

    private func name(_ form: DeskForm) throws -> String {
        let name = TextFolding.trimmed(form["name"] ?? "")
        guard SQLHubStore.isName(name) else {
            throw refused("bad_name")
        }
        guard PersonalData.kinds(in: name).isEmpty else { throw refused("personal_name") }
        return name
    }

    // MARK: Devices

    func invite(_ form: DeskForm) throws -> (invite: Invite, role: String) {
        guard let role = form["role"].flatMap({ Role(rawValue: $0) }), role != .hub,
            let hours = form["hours"].flatMap({ Int64($0) }), Self.inviteHours.contains(hours)
        else { throw DeskFault.badRequest }
        let invite = try store.invite(
            name: try name(form), role: role,
            expires: environment.nowMilliseconds() + hours * 3_600_000, url: nil)
        return (invite, role.rawValue)
    }

    func withdraw(_ id: String) throws {
        guard try store.withdrawInvite(hashPrefix: id) else { throw DeskFault.missing }
    }

    func change(device id: String, _ form: DeskForm) async throws {
        guard let device = DeviceID(hex: id) else { throw DeskFault.missing }
        // It would shut the page out.
        if form["act"] == "revoke", await desk.device() == device { throw refused("desk_is_self") }
        switch form["act"] {
        case "rename": try store.rename(device, to: try name(form))
        case "revoke": _ = try store.setRevoked(true, device: device)
        case "restore": _ = try store.setRevoked(false, device: device)
        default: throw DeskFault.badRequest
        }
    }

    // MARK: Records

    func change(record name: String, _ id: String, _ form: DeskForm) async throws {
        guard let collection = Schema.outreach.collection(named: name), let id = RecordID(hex: id)
        else { throw DeskFault.missing }
        let key = RecordKey(name, id)
        let act = form["act"]
        let texts: [String: String]
        switch act {
        case "delete", "restore": texts = [:]
        case "assign":
            texts = ["status": "assigned", "assigned_to": form["department"] ?? ""]
        case "resolve":
            texts = [
                "status": "resolved", "resolved_at": "now", "resolution": form["resolution"] ?? "",
            ].filter { !$0.value.isEmpty }
        case "dismiss": texts = ["status": "dismissed"]
        default: throw DeskFault.badRequest
        }
        let (labels, now) = (language.labels, environment.nowMilliseconds() / 1_000)
        let (seen, changed) = (form["seen"], refused("changed"))
        try await desk.save { replica, zone in
            guard let view = try replica.record(key) else { throw DeskFault.missing }
            // Nobody decides over what they did not see.
            guard seen == Self.mark(of: view) else { throw changed }
            guard !texts.isEmpty else {
                try replica.save([Edit(key, act == "delete" ? .delete : .restore)])
                return
            }
            let checker = EntryChecker(collection, zone: zone, now: now)
            let fields = try Self.checked(texts, of: view.values, checker, labels)
            try replica.save([Edit(key, .set(fields))])
        }
    }

    /// What a form says of the record that its reader saw: its newest stamp.
    static func mark(of view: RecordView) -> String {
        view.state.clock.map { "\($0)" } ?? "-"
    }

    // MARK: Conflicts

    func settle(_ id: String, _ form: DeskForm) async throws {
        let (labels, now) = (language.labels, environment.nowMilliseconds() / 1_000)
        let (seen, changed) = (form["seen"], refused("changed"))
        let use = form["use"]
        let text = form["value"] ?? ""
        try await desk.save { replica, zone in
            guard
                let view = try replica.conflicts().first(where: {
                    $0.id.hex == id && !$0.isSettled
                })
            else { throw DeskFault.missing }
            let record = try replica.record(view.conflict.record)
            guard seen == record.map(Self.mark) else { throw changed }
            let choice: ConflictChoice
            switch use {
            case "kept": choice = .kept
            case "lost": choice = .lost
            case "value":
                choice = .value(
                    try Self.value(text, view.conflict, replica, zone, now: now, labels))
            default: throw DeskFault.badRequest
            }
            _ = try replica.resolve(view, choice)
        }
    }

    /// A typed value, checked like an entry.
    private static func value(
        _ text: String, _ conflict: Conflict, _ replica: Replica, _ zone: ZoneRules, now: Int64,
        _ labels: LabelLanguage
    ) throws -> Value {
        guard let collection = Schema.outreach.collection(named: conflict.record.collection),
            collection.field(named: conflict.field) != nil
        else { return .text(text) }
        let current = try replica.record(conflict.record)?.values ?? [:]
        let fields = try checked(
            [conflict.field: text], of: current, EntryChecker(collection, zone: zone, now: now),
            labels)
        return fields[conflict.field] ?? .null
    }

    /// The fields that an edit sets, checked like an entry.
    private static func checked(
        _ texts: [String: String], of current: [String: Value], _ checker: EntryChecker,
        _ labels: LabelLanguage
    ) throws -> [String: Value] {
        do { return try checker.edit(texts, of: current).fields } catch {
            throw DeskFault.refused(
                error.problems.map { $0.text(in: labels) }.joined(separator: " "))
        }
    }
}
