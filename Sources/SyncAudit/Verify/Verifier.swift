public import SyncClient
public import SyncCore
public import SyncProtocol
public import SyncStore

/// Verifies a hub's file or a replica, and writes nothing.
public struct Verifier: Sendable {
    /// Whom else to believe.
    public struct Options: Sendable {
        /// Replicas, other folders of the hub, or files of checkpoints, whose heads the hub must
        /// keep.
        public var against: [String] = []
        /// A checkpoint's file: only what came after it is read.
        public var since: String?
        /// A file of the auditor's own in which the replay is kept, so that it can be cut and a
        /// later run reads only what is new.
        public var kept: String?
        /// Told how far it has come: entries of so many.
        public var onProgress: (@Sendable (Int64, Int64) -> Void)?
        /// Whose cosignatures on notes count.
        public var witnesses: [Witness] = []
        /// The hub's key as the auditor knows it.
        public var hubKey: PublicKey?
        /// The views that the programs make for people in a replica.
        public var views: [ViewDescription] = []

        public init() {}

        /// Whether anybody but the file itself vouches for the hub.
        var bindsHub: Bool { !against.isEmpty || since != nil }
    }

    public let options: Options

    public init(_ options: Options = Options()) {
        self.options = options
    }

    /// - Parameter name: a hub's folder or file, or a replica's file.
    /// - Throws: `StoreError`, `CheckpointFileFault`: what was named cannot be read at all.
    public func verify(_ name: String) throws -> VerifyReport {
        do {
            return try verify(name, isCopied: false)
        } catch let error as StoreError where error.kind == .locked {
            // Somebody writes: it is read as it was at one moment.
            return try verify(name, isCopied: true)
        }
    }

    private func verify(_ name: String, isCopied: Bool) throws -> VerifyReport {
        // First what others hold: what they saw the hub's file, read later, must have.
        let held = try heldLogs(isCopied: isCopied)
        let file = try AuditFile(
            name, views: options.views, reading: .structure, isCopied: isCopied)
        let report =
            if file.isHub {
                try verify(file, held)
            } else if options.since != nil || options.kept != nil {
                // Only a whole log has parts.
                throw MomentFault(.notALog, name: name)
            } else {
                try ReplicaVerification(file, options, held: held).run()
            }
        for one in held { try one.expectUnchanged() }
        return report
    }

    private func verify(_ file: AuditFile, _ held: [HeldLog]) throws -> VerifyReport {
        guard let since = options.since else {
            return try HubVerification(file, options, held: held).run()
        }
        let checkpoint = try Checkpoint.read(since)
        let later = LaterVerification(
            .hub, file.name, options, held: held, since: checkpoint)
        if let report = try later.run(file) { return report }
        // It cannot be gone on from: the whole log is read, and held against it.
        return try HubVerification(
            file, options, held: held + [.checkpoint(name: since, checkpoint)]
        ).run()
    }

    /// Verifies a hub over the network, with the token of a device that has the auditor's role.
    ///
    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `DiffFault`, and as above.
    public func verify(
        address name: String, transport: any HubTransport, access: HubAccess,
        environment: Environment
    ) async throws -> VerifyReport {
        let held = try heldLogs()
        if let since = options.since {
            let checkpoint = try Checkpoint.read(since)
            let later = LaterVerification(
                .address, name, options, held: held, since: checkpoint)
            if let report = try await later.run(transport, access, environment) { return report }
            return try await AddressVerification(
                name, options, held: held + [.checkpoint(name: since, checkpoint)]
            ).run(transport, access, environment)
        }
        return try await AddressVerification(name, options, held: held)
            .run(transport, access, environment)
    }

    /// Opened before anything long begins: a wrong name should show at once.
    private func heldLogs(isCopied: Bool = false) throws -> [HeldLog] {
        try options.against.map { try HeldLog.open($0, isCopied: isCopied) }
    }
}
