public import SyncCore
public import SyncProtocol
import SyncStore

/// Something that healed, to be said once.
public enum HealingNotice: Sendable, Equatable {
    /// This file was a copy, or was put back: it goes on under this name.
    case copied(name: String)
    /// The hub was put back to an older state.
    ///
    /// - Parameters:
    ///   - held: the size that both histories have in common.
    ///   - lost: the size that this device had seen.
    ///   - sentAgain: own changes offered again.
    ///   - handedBack: records of others handed back.
    case hubRestored(held: Int64, lost: Int64, sentAgain: Int64, handedBack: Int64)
    /// The hub signs with another key from this position on; the one before it vouched for it.
    case hubKeyReplaced(position: Int64)
    /// The hub has moved to an address that it had announced.
    case hubMoved(url: String)
}

/// Which stamps are this device's own: those of its id, and those of ids that it had before, up
/// to where a copy of it went on under them.
public struct OwnStamps: Sendable {
    private let device: DeviceID
    private let lastByFormer: [DeviceID: StampTime]

    init(_ store: StoreConnection) throws {
        device = try Replica.deviceID(store)
        lastByFormer = try IdentityTable(store).lastStamps()
    }

    public func contains(_ stamp: Stamp) -> Bool {
        stamp.device == device || lastByFormer[stamp.device].map { stamp.time <= $0 } ?? false
    }
}

extension Replica {
    /// What a session has to heal, as the file says.
    public func standing() throws -> SyncSession.Standing {
        try file.read { store in
            let aside = AsideTable(store)
            return SyncSession.Standing(
                unreceipted: try BatchTable(store).unreceipted(),
                hasStale: try aside.hasStale(), isAside: try aside.hasUnsealed(),
                isRenamed: try IdentityTable(store).hasOpen())
        }
    }

    /// Ends what is healed, and hands out what is to be said of it, each thing once.
    public func takeHealingNotices() throws -> [HealingNotice] {
        let isAnything = try file.read { store in
            let meta = MetaTable(store)
            return try meta.integer(ReplicaKey.commonSize) != nil
                || meta.text(ReplicaKey.newName) != nil
                || meta.integer(ReplicaKey.newHubKey) != nil
                || meta.text(ReplicaKey.newAddress) != nil
        }
        guard isAnything else { return [] }
        return try file.write { store in
            let meta = MetaTable(store)
            var notices: [HealingNotice] = []
            if let position = try meta.integer(ReplicaKey.newHubKey) {
                notices.append(.hubKeyReplaced(position: position))
                try meta.set(ReplicaKey.newHubKey, nil)
            }
            if let url = try meta.text(ReplicaKey.newAddress) {
                notices.append(.hubMoved(url: url))
                try meta.set(ReplicaKey.newAddress, nil)
            }
            if let name = try meta.text(ReplicaKey.newName), try !IdentityTable(store).hasOpen() {
                notices.append(.copied(name: name))
                try meta.set(ReplicaKey.newName, nil)
            }
            if let held = try meta.integer(ReplicaKey.commonSize),
                try AsideTable(store).isEmpty(), try BatchTable(store).unreceipted().isEmpty
            {
                notices.append(
                    .hubRestored(
                        held: held, lost: try meta.integer(ReplicaKey.lostSize) ?? held,
                        sentAgain: try meta.integer(ReplicaKey.sentAgain) ?? 0,
                        handedBack: try meta.integer(ReplicaKey.handedBack) ?? 0))
                for key in [
                    ReplicaKey.commonSize, ReplicaKey.commonHead, ReplicaKey.lostSize,
                    ReplicaKey.sentAgain, ReplicaKey.handedBack,
                ] { try meta.set(key, nil) }
                try store.run("DELETE FROM lost_heads")
            }
            return notices
        }
    }

    /// Whether a history that broke, or a new key, is not wholly healed yet.
    public func isHealing() throws -> Bool {
        try file.read { try Self.isHealing($0) }
    }

    static func isHealing(_ store: StoreConnection) throws -> Bool {
        try MetaTable(store).integer(ReplicaKey.commonSize) != nil
            || IdentityTable(store).hasOpen()
    }

    /// This device's id and those that it had before, this one last.
    public func ownDevices() throws -> [DeviceID] {
        try file.read { try Self.ownDevices($0) }
    }

    /// Which stamps are this device's own work.
    public func ownStamps() throws -> OwnStamps {
        try file.read { try OwnStamps($0) }
    }

    static func ownDevices(_ store: StoreConnection) throws -> [DeviceID] {
        try IdentityTable(store).all() + [deviceID(store)]
    }

    /// The request that enrols this device again at a hub that lacks its enrolment; nil if the
    /// answer of its join was not kept.
    public func rejoinRequest() throws -> JoinRequest? {
        guard let membership = try membership(), let token else { return nil }
        let key = try signingKey()
        let stored = try file.read { try MetaTable($0).blob(ReplicaKey.enrolment) }
        guard let stored, let answer = try? JoinAnswer(encoded: stored) else { return nil }
        return JoinRequest(
            enrolment: answer, space: membership.hub.space, token: .sha256(Array(token.utf8)),
            key: key)
    }

    /// Makes a new token, which the request then tells the hub: in place of the one before, which
    /// is gone here already. Where the answer is lost, the next sync joins again with the new one.
    ///
    /// - Returns: nil if the hub's answer to the join was not kept.
    public func beginTokenRenewal() throws -> JoinRequest? {
        guard try file.read({ try MetaTable($0).blob(ReplicaKey.enrolment) }) != nil else {
            return nil
        }
        let token = newToken()
        try updateKeyFile { $0.token = token }
        return try rejoinRequest()
    }

    /// Keeps the hub's verified answer to a join of this device.
    ///
    /// - Throws: `JoinFault`; nothing is stored then.
    public func finishRejoin(_ answer: JoinAnswer) throws {
        guard let membership = try membership() else { throw ReplicaFault.notJoined }
        let enrolled = try answer.verify(key: signingKey().publicKey, hub: membership.hub)
        try file.write { store in
            let meta = MetaTable(store)
            try meta.set(ReplicaKey.enrolment, .blob(answer.encoded))
            try meta.set(ReplicaKey.name, .text(enrolled.name))
            try meta.set(ReplicaKey.role, .text(enrolled.role))
        }
    }
}
