import SyncClient
import SyncCore
import SyncProtocol
import SyncStore

/// Verifies what came after a checkpoint: the rest of the journal is not read.
///
/// Tree, signatures, chains and heads are followed from the checkpoint on. The rules cannot be run
/// without the state that they met, so that verdicts are taken on trust, and what the hub serves is
/// compared with the digest that it signed rather than with what its journal leads to.
final class LaterVerification {
    private let name: String
    private let options: Verifier.Options
    private let held: [HeldLog]
    private let since: Checkpoint
    private let log = ProblemLog()
    private var report: VerifyReport

    init(
        _ subject: VerifyReport.Subject, _ name: String, _ options: Verifier.Options,
        held: [HeldLog], since: Checkpoint
    ) {
        self.name = name
        self.options = options
        self.held = held
        self.since = since
        report = VerifyReport(subject, name: name)
        report.trusted = .init(
            position: since.head.head.size, source: .checkpoint, name: options.since!)
    }

    // MARK: A file

    /// - Returns: nil if the log cannot be gone on from the checkpoint: another hub's, one that is
    ///   shorter, has another tree, or has left the checkpoint's epoch before it.
    /// - Throws: `StoreError`.
    func run(_ file: AuditFile) throws -> VerifyReport? {
        let isGoneOnFrom = try file.read { source in
            FileIntegrity.checkStructure(file.structure, log)
            guard file.structure.isReadable else { return false }
            return try verify(source)
        }
        guard isGoneOnFrom else { return nil }
        if try !file.isUnchanged() { throw StoreError(.locked, path: file.path) }
        report.leaveOut(.init(.file, .beforeCheckpoint))
        return finished([.batches, .tree, .heads, .stateAtHead, .history])
    }

    private func verify(_ source: StoreConnection) throws -> Bool {
        guard let hub = try MetaTable(source).hubIdentity(), isOfCheckpoint(hub) else {
            return false
        }
        let journal = try HubJournal(source, log)
        let size = try journal.size()
        let tree =
            size < since.head.head.size
            ? nil : try GrowingTree(source, size: since.head.head.size)
        guard let start = start(tree) else { return false }
        // The head that is stored for just this size is no later entry's: it is looked at here.
        guard try storedHead(source)?.head.root == since.head.head.root else { return false }
        var begin = start
        try noteChains(source, &begin)
        var keys: [DeviceID: PublicKey] = [:]
        try RecordTable(source).each(collection: HubCollection.devices) { found in
            guard let state = try? found.state(), let device = EnrolledDevice(state),
                device.key.deviceID == device.id
            else { return }
            keys[device.id] = device.key
        }
        if journal.isFollower { report.leaveOut(.init(.heads, .notReceived)) }
        try follow(hub, begin, keys, locate: journal.locate) { pass in
            try journal.walk(pass) { checked in
                options.onProgress?(checked.position - start.size, size - start.size)
                return true
            }
        }
        try compareState(source)
        return true
    }

    private func storedHead(_ source: StoreConnection) throws -> SignedHead? {
        let head = since.head
        guard head.head.size > 0 else { return head }
        var found: SignedHead?
        try source.each(
            "SELECT head FROM journal WHERE position = ?", .integer(head.head.size)
        ) { row in
            // A follower has few heads.
            found = row.bytes(0).isEmpty ? head : SignedHead.canonical(row.array(0))
        }
        return found
    }

    /// Where the chains stand that later batches go on from: on trust, as all before is.
    private func noteChains(_ source: StoreConnection, _ start: inout JournalStart) throws {
        var chains = ChainBook()
        let peers = PeerTable(source)
        try source.each(
            "SELECT peer, max(number), hash FROM journal WHERE position <= ? GROUP BY peer",
            .integer(start.size)
        ) { row in
            guard let device = try? peers.device(of: row.integer(0)),
                let hash = Hash256(bytes: row.bytes(2))
            else { return }
            chains.note(device, number: row.integer(1), hash: hash)
        }
        start.chains = chains
    }

    /// The records that are served now must be those of the digest that the hub signed.
    private func compareState(_ source: StoreConnection) throws {
        let scan = try RecordScan(source, log: log).run()
        report.recordsByCollection = scan.counts
        for bucket in scan.differingBuckets {
            log.add(
                .digestRowDiffers, .bucket(bucket.bucket), .init(.expected, bucket.stored),
                .init(.found, bucket.computed))
        }
        guard let head = report.head?.head, scan.differingBuckets.isEmpty,
            scan.root != head.digest
        else { return }
        log.add(
            .digestDiffers, .head(head.size), .init(.expected, head.digest),
            .init(.found, scan.root))
    }

    // MARK: A hub over the network

    /// - Throws: `TransportFault`, `ForeignAnswer`, `WireError`, `DiffFault`.
    func run(
        _ transport: any HubTransport, _ access: HubAccess, _ environment: Environment
    ) async throws -> VerifyReport? {
        let hub = try await HubReader.identity(transport)
        guard isOfCheckpoint(hub) else { return nil }
        let fetch = JournalFetch(
            transport: transport, access: access, hub: hub, environment: environment, name: name)
        let size = since.head.head.size
        // A hub that was put back has no entry to go on from.
        let newest = try await fetch.newestHead()
        let tree =
            newest.head.size < size
            ? nil : try await GrowingTree(transport, token: access.token, size: size)
        guard let start = start(tree) else { return nil }
        let (pages, head) = try await fetch.run(from: size + 1)
        let writers = try writers(pages).subtracting([hub.hub])
        let keys = try await keys(of: writers, hub, transport, access, environment)
        try pages.read { source in
            try follow(hub, start, keys, locate: { _ in nil }) { pass in
                pass.chains.forget()
                try source.each("SELECT answer FROM pages ORDER BY first") { row in
                    try JournalFetch.eachEntry(row.array(0)) { entry in
                        _ = try pass.take(entry, newest: head)
                        options.onProgress?(pass.last - size, head.head.size - size)
                    }
                }
                if head.head.size > pass.last {
                    try pass.miss(pass.last + 1...head.head.size) { _ in nil }
                }
                try source.each("SELECT head FROM heads ORDER BY size") { row in
                    guard let head = SignedHead.canonical(row.array(0)) else { return }
                    try AddressVerification.compare(head, with: pass, log)
                }
            }
        }
        report.head = head
        report.leaveOut(.init(.heads, .notServed))
        return finished([.batches, .tree, .history])
    }

    private func writers(_ pages: StoreFile) throws -> Set<DeviceID> {
        var devices: Set<DeviceID> = []
        try pages.read { source in
            try source.each("SELECT answer FROM pages") { row in
                try JournalFetch.eachEntry(row.array(0)) { devices.insert($0.leaf.device) }
            }
        }
        return devices
    }

    /// Devices' keys out of the records that enrolled them, at one head.
    private func keys(
        of devices: Set<DeviceID>, _ hub: HubIdentity, _ transport: any HubTransport,
        _ access: HubAccess, _ environment: Environment
    ) async throws -> [DeviceID: PublicKey] {
        guard !devices.isEmpty else { return [:] }
        let reader = try await HubReader(
            name: name, transport: transport, access: access, key: hub.key, space: hub.space,
            collections: [HubCollection.devices], asking: .digest, environment: environment)
        let buckets = Set(
            devices.map { DigestTree.bucket(of: RecordKey(HubCollection.devices, $0)) })
        let rows = try await reader.atOneHead { try await $0.records(of: buckets) }
        var keys: [DeviceID: PublicKey] = [:]
        for device in devices {
            let row = rows.records[RowKey(RecordKey(HubCollection.devices, device))]
            guard let found = row?.state.flatMap({ EnrolledDevice($0) }),
                found.key.deviceID == device
            else { continue }
            keys[device] = found.key
        }
        return keys
    }

    // MARK: Both

    /// The hub must be the checkpoint's, and the one whose key the auditor gave.
    private func isOfCheckpoint(_ hub: HubIdentity) -> Bool {
        guard hub.hub == since.hub.hub, hub.has(since.hubKey), hub.space == since.head.head.space,
            options.hubKey.map(hub.has) ?? true
        else { return false }
        (report.hubKey, report.space) = (hub.key, hub.space)
        return true
    }

    /// The place to go on from, if the log still is the one of the checkpoint.
    private func start(_ tree: GrowingTree?) -> JournalStart? {
        let head = since.head.head
        guard let tree, tree.root == head.root else { return nil }
        var start = JournalStart()
        start.tree = tree
        start.lastHead = since.head
        start.epochs = [(head.epoch, head.size)]
        start.isWithoutState = true
        return start
    }

    private func follow(
        _ hub: HubIdentity, _ start: JournalStart, _ keys: [DeviceID: PublicKey],
        locate: @escaping (Hash256) throws -> Int64?, _ walk: (JournalPass) throws -> Void
    ) throws {
        let scratch = try StoreFile(temporaryFor: .hub, tables: HubTables.versions)
        try scratch.write { target in
            let replay = try ReplayStore(target, hub: hub, source: nil)
            replay.knownKeys = keys
            try replay.note(root: start.tree.root, leaf: nil, at: start.size)
            let pass = JournalPass(
                hub: hub, log: log, replay: replay, from: start, locate: locate)
            try walk(pass)
            (report.batches, report.changes) = (pass.batches, pass.changes)
            (report.quarantined, report.suspect) = (pass.quarantined, pass.suspect)
            (report.heads, report.head) = (pass.heads, pass.lastHead)
            report.epoch = pass.epochs.last?.epoch
            if let end = pass.treeEnd { report.leaveOut(.init(.tree, .treeLost, after: end)) }
            try report.compare(held, hub, replay, pass, options, log)
        }
    }

    private func finished(_ checks: [VerifyCheck]) -> VerifyReport {
        report.take(log)
        report.leaveOut(.init(.verdicts, .beforeCheckpoint))
        report.leaveOut(.init(.records, .beforeCheckpoint))
        report.conclude(checks + [.hubKey], options)
        return report
    }
}
