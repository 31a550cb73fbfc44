import SyncCore
public import SyncProtocol
import SyncStore

// Who may come in, and under which name: Protocol/README.md §8.2.

extension SQLHubStore {
    public func enrol(_ request: JoinRequest) throws -> JoinAnswer {
        try file.write { store in
            guard try MetaTable(store).blob(HubKey.space) == request.space.bytes else {
                throw WireError.space
            }
            let position =
                switch request.ground {
                case .invite(let secret):
                    try enrol(request.key, secret: .sha256(secret.bytes), store)
                case .formerly(let old, _): try enrol(request, formerly: old, store)
                case .enrolment(let answer): try enrolAgain(request.key, answer, store)
                }
            let id = request.key.deviceID
            try noteRenewal(of: id, to: request.token, store)
            try store.run("DELETE FROM tokens WHERE device = ?", .blob(id.bytes))
            let seal = try ring.current(store).sign(
                .access, AccessSeal.token(request.token, device: id))
            try store.run(
                "INSERT INTO tokens(hash, device, seal) VALUES(?, ?, ?)",
                .blob(request.token.bytes), .blob(id.bytes), .blob(seal.bytes))
            let journal = JournalTable(store)
            return JoinAnswer(
                batch: try journal.batch(position), receipt: try journal.receipt(position))
        }
    }

    // MARK: By invite

    private func enrol(
        _ key: PublicKey, secret: Hash256, _ store: StoreConnection
    ) throws -> Int64 {
        let invites = InviteTable(store)
        guard let invite = try invites.find(secret) else { throw WireError.inviteUnknown }
        if let used = invite.used {
            guard used.device == key.deviceID else { throw WireError.inviteUsed }
            return used.position
        }
        guard environment.nowMilliseconds() <= invite.expires else {
            throw WireError.inviteExpired
        }
        // An invite never renames a device that is in already; another may use it.
        let present = try EnrolledDevice(key.deviceID, in: RecordTable(store))
        if let present, !present.isRevoked,
            let position = try enrolmentPosition(of: key.deviceID, store)
        {
            return position
        }
        let position = try write(
            key, ["name": .text(invite.name), "role": .text(invite.role)], store)
        try invites.markUsed(secret, device: key.deviceID, position: position)
        return position
    }

    /// Whole, also for a device that was enrolled before: the answer must show its key.
    private func write(
        _ key: PublicKey, _ fields: [String: Value], _ store: StoreConnection
    ) throws -> Int64 {
        let all = fields.merging(["key": .text(key.hex), "revoked": false]) { $1 }
        let edit = Edit(RecordKey(HubCollection.devices, key.deviceID), .write(all))
        guard let receipt = try act([edit], store) else {
            preconditionFailure("an enrolment sets fields")
        }
        return receipt.leaf.position
    }

    // MARK: A new key in place of an old one

    private func enrol(
        _ request: JoinRequest, formerly old: DeviceID, _ store: StoreConnection
    ) throws -> Int64 {
        let records = RecordTable(store)
        guard let former = try EnrolledDevice(old, in: records) else {
            throw WireError.deviceUnknown(old)
        }
        guard request.isSigned(byFormer: former.key) else {
            throw WireError.signature("join")
        }
        if let present = try EnrolledDevice(request.key.deviceID, in: records) {
            guard present.formerly == old,
                let position = try enrolmentPosition(of: present.id, store)
            else { throw WireError.parameter("key") }
            guard !present.isRevoked else { throw WireError.revoked(present.id) }
            return position
        }
        guard !former.isRevoked else { throw WireError.revoked(old) }
        let family = try Family(of: old, records)
        let day = environment.nowMilliseconds() - Self.dayMilliseconds
        guard family.newKeys(since: day) < Limits.newKeysPerDay else {
            throw WireError.tooManyKeys
        }
        let position = try write(
            request.key,
            [
                "name": .text(family.nextName), "role": .text(former.role),
                "formerly": .text(old.hex),
                "ancestry": .text(
                    ([old] + former.ancestry).map(\.hex).joined(separator: " ")),
            ], store)
        try note(request.key.deviceID, position, store)
        return position
    }

    private static let dayMilliseconds: Int64 = 86_400_000

    private func note(_ device: DeviceID, _ position: Int64, _ store: StoreConnection) throws {
        try store.run(
            "INSERT INTO enrolments VALUES(?, ?) ON CONFLICT(device) "
                + "DO UPDATE SET position = excluded.position", .blob(device.bytes),
            .integer(position))
    }

    // MARK: Again, after a restore

    private func enrolAgain(
        _ key: PublicKey, _ answer: JoinAnswer, _ store: StoreConnection
    ) throws -> Int64 {
        let records = RecordTable(store)
        if let present = try EnrolledDevice(key.deviceID, in: records) {
            guard !present.isRevoked else { throw WireError.revoked(key.deviceID) }
            if let position = try enrolmentPosition(of: key.deviceID, store) { return position }
        }
        guard let hub = try identity(store) else { throw WireError.space }
        guard let enrolled = try? answer.verify(key: key, hub: hub) else {
            throw WireError.signature("enrolment")
        }
        var fields: [String: Value] = [
            "name": .text(enrolled.name), "role": .text(enrolled.role),
        ]
        if let formerly = enrolled.formerly { fields["formerly"] = .text(formerly.hex) }
        if let ancestry = enrolled.ancestry { fields["ancestry"] = .text(ancestry) }
        let position = try write(key, fields, store)
        try note(key.deviceID, position, store)
        return position
    }

    /// The position of the batch that enrolled a device; nil if none did.
    private func enrolmentPosition(
        of device: DeviceID, _ store: StoreConnection
    ) throws -> Int64? {
        for table in ["enrolments", "invites"] {
            let position = try store.integer(
                "SELECT position FROM \(table) WHERE device = ?", .blob(device.bytes))
            if position > 0 { return position }
        }
        guard try EnrolledDevice(device, in: RecordTable(store)) != nil else { return nil }
        return try searchedPosition(of: device, store)
    }

    /// Goes through the hub's own batches: tables beside the journal may be those of a backup.
    private func searchedPosition(
        of device: DeviceID, _ store: StoreConnection
    ) throws -> Int64? {
        let peers = PeerTable(store)
        let name = RecordKey(HubCollection.devices, device)
        var positions: [Int64] = []
        try store.each(
            "SELECT position FROM journal WHERE peer = ? ORDER BY position DESC",
            .integer(try peers.number(of: hub(store)))
        ) { positions.append($0.integer(0)) }
        return try positions.first { position in
            let batch = try JournalTable(store).batch(position)
            return try (0..<batch.count).contains { index in
                try batch.key(index) == name
                    && batch.change(index).set.contains { $0.name == "key" }
            }
        }
    }
}

/// A device and all that came out of it, from the root of its ancestry.
struct Family {
    private let root: EnrolledDevice?
    private let members: [(device: EnrolledDevice, enrolledAt: Int64)]

    init(of device: DeviceID, _ records: RecordTable) throws {
        let rootID = try EnrolledDevice.ancestors(of: device, in: records).last ?? device
        root = try EnrolledDevice(rootID, in: records)
        var all: [(EnrolledDevice, Int64)] = []
        try records.each(collection: HubCollection.devices) { record in
            let state = try record.state()
            guard let found = EnrolledDevice(state) else { return }
            all.append((found, state["formerly"]?.stamp.time.milliseconds ?? 0))
        }
        let parents = Dictionary(
            all.map { ($0.0.id, $0.0.formerly) }, uniquingKeysWith: { $1 })
        members = all.filter { member in
            var (next, steps) = (member.0.formerly, 0)
            while let ancestor = next, steps < all.count {
                if ancestor == rootID { return true }
                (next, steps) = (parents[ancestor] ?? nil, steps + 1)
            }
            return false
        }.map { ($0.0, $0.1) }
    }

    /// Every device that came out of this one, wherever it stands in the ancestry.
    func descendants(of device: DeviceID) -> [EnrolledDevice] {
        var (found, level) = ([EnrolledDevice](), [device])
        while !level.isEmpty {
            let next = members.map(\.device).filter { member in
                member.formerly.map { level.contains($0) } ?? false
                    && !found.contains { $0.id == member.id }
            }
            found += next
            level = next.map(\.id)
        }
        return found
    }

    /// New keys taken since a time, in milliseconds since 1970.
    func newKeys(since time: Int64) -> Int { members.count { $0.enrolledAt > time } }

    /// "NAME (2)", "(3)" …: the first that no member has.
    var nextName: String {
        let name = root?.name ?? ""
        let taken = Set(members.map(\.device.name))
        var number = 2
        while taken.contains("\(name) (\(number))") { number += 1 }
        return "\(name) (\(number))"
    }
}
