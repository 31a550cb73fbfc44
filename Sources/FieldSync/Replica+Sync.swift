import SyncClient
import SyncProtocol
import SyncReplica
import SyncStore

/// What one sync did.
public struct SyncResult: Sendable, Equatable {
    /// Changes of this device that the hub has signed for.
    public let sent: Int
    /// Records that came from the hub.
    public let received: Int
    /// Values that two devices wrote without knowing of each other: see `Replica.conflicts`.
    public let conflicts: Int
    /// Whether this device and the hub were compared at the end, and hold the same.
    public let isEqual: Bool
    /// What healed on the way, a sentence each, to be shown once.
    public let notices: [String]
}

extension Replica {
    /// Joins the hub that an invite names. Safe to repeat.
    ///
    /// - Parameters:
    ///   - invite: the line that begins with `fsi1_`.
    ///   - allowsPlainHTTP: whether an address without TLS is taken that is not this machine's.
    public func join(
        _ invite: String, allowsPlainHTTP: Bool = false
    ) async throws(FieldSyncError) {
        let engine = engine
        try await FieldSyncError.mapping {
            let invite = try Invite(text: invite)
            guard let address = HubAddress(invite.url),
                address.isTLS || address.isLoopback || allowsPlainHTTP
            else { throw TransportFault(.badAddress, url: invite.url) }
            let transport = try HTTPTransport(url: invite.url, pin: invite.tls)
            do {
                try await HubEnrolment.join(engine, invite: invite, transport: transport)
            } catch {
                await transport.close()
                throw error
            }
            await transport.close()
        }
    }

    /// Whether it has joined a hub.
    public var isJoined: Bool {
        get throws(FieldSyncError) {
            try FieldSyncError.mapping { try engine.membership() != nil }
        }
    }

    /// Changes that wait for the next sync.
    public var pendingCount: Int {
        get throws(FieldSyncError) { try FieldSyncError.mapping { try engine.pendingCount() } }
    }

    /// Sends what was saved, takes what others saved, and compares. Cut at any moment, the next one
    /// goes on.
    ///
    /// - Parameter program: what the hub's operator sees of this device, such as `list/1.0`.
    /// - Throws: `FieldSyncError`; whatever its kind, what was saved stays, and goes with the next.
    @discardableResult
    public func sync(program: String? = nil) async throws(FieldSyncError) -> SyncResult {
        try await result { engine, onProgress in
            try await SyncDriver.sync(engine, program: program, onProgress: onProgress)
        }
    }

    func sync(over transport: any HubTransport) async throws(FieldSyncError) -> SyncResult {
        try await result { engine, onProgress in
            try await SyncDriver(replica: engine, transport: transport, onProgress: onProgress)
                .run()
        }
    }

    private typealias Run =
        @Sendable (
            SyncReplica.Replica, @escaping @Sendable (SyncDriver.Progress) -> Void
        ) async throws -> SyncReport

    private func result(_ run: Run) async throws(FieldSyncError) -> SyncResult {
        let (engine, signal) = (engine, signal)
        let report = try await FieldSyncError.mapping {
            defer { signal.send() }
            return try await run(engine) { _ in signal.send() }
        }
        if let halt = report.halt { throw FieldSyncError(halt: halt) }
        var isEqual = false
        if case .equal = report.digest { isEqual = true }
        return SyncResult(
            sent: report.pushed, received: report.pulled, conflicts: report.conflicts,
            isEqual: isEqual, notices: report.notices.map(\.sentence))
    }
}

extension FieldSyncError {
    fileprivate init(halt: SyncSession.Halt) {
        switch halt {
        case .contended:
            self.init(
                .locked, "Other processes keep syncing this replica.", mend: "Try again.")
        case .copied:
            self.init(
                .stopped, "A copy of this replica syncs too, and the hub cannot tell them apart.",
                mend: "Update the hub, or make a new replica for one of them.")
        case .hubRestored:
            self.init(
                .stopped, "The hub was put back to an older state, and is too old to mend that.",
                mend: "Update the hub; nothing is lost.")
        case .logRewritten:
            self.init(
                .stopped, "The hub shows another history than it signed before.",
                mend: "Ask who runs the hub; nothing that was saved here is lost.")
        }
    }
}

extension HealingNotice {
    fileprivate var sentence: String {
        switch self {
        case .copied(let name): "This file was copied: this copy goes on as '\(name)'."
        case .hubRestored(let held, let lost, let sentAgain, let handedBack):
            "The hub was put back to an older state (position \(held) of \(lost)): \(sentAgain) "
                + "changes were sent again, \(handedBack) records of others handed back."
        case .hubKeyReplaced(let position):
            "The hub has a new key from position \(position) on; the old one vouched for it."
        case .hubMoved(let url): "The hub has moved to \(url)."
        }
    }
}
