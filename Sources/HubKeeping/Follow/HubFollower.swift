// A copy that the hub cannot rewrite unseen.
//
// Problem: whoever holds a hub's key and disk can rewrite its log and every head with it; a backup
// made by the same hand shows the rewritten one. Devices see only their own part.
// Idea: a device of role auditor keeps the whole journal, rules every batch again, and takes a run
// of entries only if they lead to the root and the digest that the hub signed for just that size.
// What the hub shows later must extend what it showed before; else both heads, each with the hub's
// signature, are kept as evidence, and nothing more is taken.
// Source: RFC 6962 §5.4 (an auditor that also keeps the entries).

public import SyncClient
public import SyncCore
public import SyncProtocol
import SyncStore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Android)
    import Android
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Follows a hub's journal into a folder of its own.
public final class HubFollower {
    let folder: String
    let environment: Environment
    private(set) var file: FollowerFile
    private let connect: (Invite) throws -> any HubTransport
    private(set) var store: FollowerStore
    private(set) var calls: HubCalls
    /// Two followers in one folder would take each other's entries for contradictions.
    private var lock: FolderLock?

    private var storePath: String { folder + "/hub.sqlite" }

    /// What one catching up brought.
    public struct Report: Sendable, Equatable {
        public let position: Int64
        public let epoch: EpochID
        public let digest: Hash256
        /// Entries that were new.
        public let received: Int64
        /// Whether the head at this position was cosigned.
        public var isCosigned = false
    }

    /// Joins by an invite. Safe to repeat after a lost answer.
    ///
    /// - Parameter transport: makes one to the hub that the invite names.
    /// - Throws: `FollowerFault`, `TransportFault`, `ForeignAnswer`, `WireError`, `StoreError`.
    public static func join(
        _ line: String, folder: String, environment: Environment,
        transport connect: @escaping (Invite) throws -> any HubTransport
    ) async throws -> HubFollower {
        guard let invite = try? Invite(text: line) else { throw FollowerFault.notAnInvite }
        let present = try FollowerFile(folder: folder)
        if let present, present.invite.secret != invite.secret {
            throw FollowerFault.followsAlready(path: folder)
        }
        guard present != nil || !FilePresence.exists(folder + "/hub.sqlite") else {
            throw FollowerFault.folderUsed(path: folder)
        }
        try FilePresence.makeFolder(folder)
        let file = present ?? FollowerFile(invite: invite, environment: environment)
        // Before anything is sent: an answer that is lost can be asked for again.
        try file.write(to: folder)
        let transport = try connect(invite)
        // The invite may be older or younger than the key that the hub signs with.
        let hub = try await HubKeys.completed(file.invite.identity, transport)
        let (answer, role) = try await HubCalls(
            transport: transport, file: file, environment: environment, hub: hub
        ).join()
        guard role == Role.auditor.rawValue else {
            PlainFile.remove(folder + "/" + FollowerFile.name)
            throw FollowerFault.notAuditor(role: role)
        }
        try FollowerFile.keep(answer, in: folder)
        let follower = try HubFollower(file, folder, environment, transport, connect)
        try follower.follow(hub)
        return follower
    }

    /// Goes on following.
    ///
    /// - Throws: `FollowerFault.noInvite`, `StoreError`.
    public static func open(
        folder: String, environment: Environment,
        transport connect: @escaping (Invite) throws -> any HubTransport
    ) throws -> HubFollower {
        guard let file = try FollowerFile(folder: folder) else {
            throw FollowerFault.noInvite(path: folder)
        }
        return try HubFollower(file, folder, environment, try connect(file.invite), connect)
    }

    private init(
        _ file: FollowerFile, _ folder: String, _ environment: Environment,
        _ transport: any HubTransport, _ connect: @escaping (Invite) throws -> any HubTransport
    ) throws {
        self.connect = connect
        lock = try FolderLock(folder + "/follower.lock")
        self.file = file
        self.folder = folder
        self.environment = environment
        store = try FollowerStore(
            folder + "/hub.sqlite", hub: file.invite.identity, device: file.device)
        calls = HubCalls(
            transport: transport, file: file, environment: environment, hub: store.hub)
    }

    private func follow(_ hub: HubIdentity) throws {
        guard hub != store.hub else { return }
        try store.follow(hub)
        calls.hub = hub
    }

    public var url: String { file.invite.url }

    public func close() throws {
        try store.close()
        lock = nil
    }

    /// Takes all that is new.
    ///
    /// - Throws: `FollowerFault.left`, `JournalContradiction`, and as `join`.
    public func catchUp() async throws -> Report {
        try await moveIfAnnounced()
        do { return try await catchUpAndCosign() } catch let fault as ForeignAnswer
            where fault.reason == .notSigned
        {
            let next = try await HubKeys.completed(store.hub, calls.transport)
            guard next != store.hub else { throw fault }
            try follow(next)
            return try await catchUpAndCosign()
        }
    }

    /// Goes on where the hub has said that it will be, as soon as it answers there.
    private func moveIfAnnounced() async throws {
        let present = file.invite
        guard let announced = try store.announcedAddress(),
            announced.url != present.url || announced.tls != present.tls,
            HubConnection.mayMove(present.url, announced.url)
        else { return }
        let moved = Invite(
            expires: present.expires, hub: present.hub, secret: present.secret,
            space: present.space, tls: announced.tls, url: announced.url)
        guard let size = try store.head()?.head.size, let transport = try? connect(moved) else {
            return
        }
        let there = HubCalls(
            transport: transport, file: file, environment: environment, hub: store.hub)
        // Signed over this question: it is the hub.
        guard (try? await there.head(of: size)) != nil else { return }
        file.invite = moved
        try file.write(to: folder)
        calls = HubCalls(transport: transport, file: file, environment: environment, hub: store.hub)
    }

    private func catchUpAndCosign() async throws -> Report {
        var report = try await followed()
        // The hub may take a batch between the last page and the note.
        for _ in 0..<Self.cosigningAttempts {
            switch try await cosign() {
            case .cosigned:
                report.isCosigned = true
                return report
            case .notServed, .contradicted: return report
            case .atAnotherSize: break
            }
            let next = try await followed()
            report = Report(
                position: next.position, epoch: next.epoch, digest: next.digest,
                received: report.received + next.received)
        }
        return report
    }

    private func followed() async throws -> Report {
        do { return try await catchUpOnce() } catch let error as WireError
            where [.tokenUnknown, .deviceUnknown].contains(error.code)
        {
            // The hub was put back to before this follower joined.
            guard let enrolment = try FollowerFile.enrolment(in: folder) else { throw error }
            try FollowerFile.keep(try await calls.joinAgain(enrolment), in: folder)
            return try await catchUpOnce()
        }
    }

    private func catchUpOnce() async throws -> Report {
        var received: Int64 = 0
        while true {
            let held = try store.head()
            let size = held?.head.size ?? 0
            guard let page = try await calls.journal(from: size + 1) else {
                throw try await broken(held)
            }
            let count = try await take(page, after: held)
            received += count
            guard let newest = try store.head() else {
                throw ForeignAnswer(.notThisProtocol, status: 200, detail: "empty")
            }
            if !page.more {
                return Report(
                    position: newest.head.size, epoch: newest.head.epoch,
                    digest: newest.head.digest, received: received)
            }
        }
    }

    /// Takes one run of entries.
    ///
    /// - Returns: how many there were.
    private func take(_ page: JournalAnswer, after held: SignedHead?) async throws -> Int64 {
        var entries: [JournalEntry] = []
        do { try page.eachEntry { entries.append($0) } } catch {
            throw ForeignAnswer(.notThisProtocol, status: 200, detail: "entries")
        }
        let size = held?.head.size ?? 0
        let end = size + Int64(entries.count)
        if entries.isEmpty {
            guard !page.more, page.head.head.size == size,
                page.head.head.root == held?.head.root
            else { throw try await broken(held) }
            return 0
        }
        // Signed for this very size, so that nothing is kept that nobody vouches for.
        let signed = page.head.head.size == end ? page.head : try await calls.head(of: end)
        guard let signed else { throw try await broken(held) }
        do {
            try store.take(entries, end: signed, knownSize: max(end, page.head.head.size))
        } catch let contradiction as JournalContradiction {
            if let held, let theirs = try await calls.head(of: size),
                theirs.head.root != held.head.root
            {
                throw try await broken(held)
            }
            throw try evidence(contradiction, held, signed)
        }
        return Int64(entries.count)
    }

    // MARK: When what is shown does not extend what was followed

    /// Finds out whether the hub was put back or rewritten, and keeps both heads.
    private func broken(_ held: SignedHead?) async throws -> any Error {
        guard let held else {
            return ForeignAnswer(.notThisProtocol, status: 200, detail: "journal")
        }
        let sameSize = try await calls.head(of: held.head.size)
        let standing = try await calls.standing(of: store.heads())
        let newest = standing.head
        if standing.held == held.head.size {
            // It holds what was followed after all, and shows something else.
            return ForeignAnswer(.notThisProtocol, status: 200, detail: "journal")
        }
        let shown = sameSize.flatMap { $0.head.root == held.head.root ? nil : $0 } ?? newest
        // Two heads of one size in one epoch, or an epoch that does not end where it broke.
        let kind: HistoryBreak.Kind =
            [shown, newest].contains { $0.head.epoch == held.head.epoch } ? .rewritten : .putBack
        let path = try keep(held, shown, kind.rawValue)
        let common = try await commonSize(
            between: standing.held, and: min(held.head.size, newest.head.size))
        return FollowerFault.left(
            HistoryBreak(kind, held: held, shown: shown, common: common, evidence: path))
    }

    /// The largest size at which both histories have one root, found by halving: a follower has
    /// the hub's signature of few heads, but knows the root at every size.
    private func commonSize(between held: Int64, and end: Int64) async throws -> Int64 {
        var (low, high) = (held, end)
        while low < high {
            let middle = low + (high - low + 1) / 2
            let shown = try await calls.head(of: middle)?.head.root
            if try shown == store.root(at: middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func evidence(
        _ contradiction: JournalContradiction, _ held: SignedHead?, _ shown: SignedHead
    ) throws -> JournalContradiction {
        var full = contradiction
        (full.ours, full.theirs) = (held, contradiction.theirs ?? shown)
        if let held { _ = try keep(held, shown, contradiction.check.rawValue) }
        return full
    }

    /// Keeps two heads, each as the hub signed it, in a file that anybody can check.
    private func keep(_ held: SignedHead, _ shown: SignedHead, _ kind: String) throws -> String {
        let path = folder + "/evidence-\(held.head.size)-\(shown.hash.hex.prefix(12)).json"
        var bytes = Array(#"{"held":"#.utf8) + held.encoded
        bytes += #","hub_key":"\#(store.hub.key.hex)","kind":"\#(kind)","shown":"#.utf8
        bytes += shown.encoded + Array("}\n".utf8)
        try SecretFile.write(bytes, to: path)
        return path
    }

    /// Puts what was followed aside, whole, and follows the hub's present history from its
    /// beginning.
    ///
    /// - Returns: where the old store is now.
    public func startAgain() throws -> String {
        let held = try store.head()
        try store.close()
        let name = "left-\(held?.head.epoch.hex.prefix(8) ?? "")-\(held?.head.size ?? 0)"
        var (path, count) = ("\(folder)/\(name).sqlite", 1)
        while FilePresence.exists(path) {
            count += 1
            path = "\(folder)/\(name)-\(count).sqlite"
        }
        for suffix in ["-wal", ""] where FilePresence.exists(storePath + suffix) {
            guard rename(storePath + suffix, path + suffix) == 0 else {
                throw StoreError.ofSystem(path)
            }
        }
        PlainFile.remove(storePath + "-shm")
        store = try FollowerStore(storePath, hub: store.hub, device: file.device)
        return path
    }
}
