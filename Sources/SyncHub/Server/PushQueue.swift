// Pushes that wait for the space are ruled and committed together.
//
// Problem: a receipt is worth something only once its commit is on disk, and a disk makes a few
// hundred commits a second; of 64 devices that push at once each waits for those before it.
// Idea: while one group is committed, those that arrive gather; then they are the next group. A
// push that comes alone is a group of one and waits for nobody.

import NIOPosix
import SyncProtocol

/// Takes verified batches into the store, several at a time.
actor PushQueue {
    /// Of one group: enough to share a commit, few enough that nobody waits long.
    private static let pushesPerGroup = 64
    private static let bytesPerGroup = 4 << 20

    private struct Waiting {
        let push: PushRequest
        let continuation: CheckedContinuation<Receipt, any Error>
    }

    private let store: any HubStore
    private let pool: NIOThreadPool
    private let onReceipt: @Sendable (Receipt) -> Void
    private var waiting: [Waiting] = []
    private var isRunning = false

    /// - Parameter onReceipt: is told of each receipt, once its batch is on disk.
    init(
        _ store: any HubStore, pool: NIOThreadPool = NIOThreadPool.singleton,
        onReceipt: @escaping @Sendable (Receipt) -> Void = { _ in }
    ) {
        self.store = store
        self.pool = pool
        self.onReceipt = onReceipt
    }

    /// - Returns: the receipt, once the batch is on disk.
    /// - Throws: what the store says of this batch.
    func append(_ push: PushRequest) async throws -> Receipt {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(Waiting(push: push, continuation: continuation))
            guard !isRunning else { return }
            isRunning = true
            Task { await run() }
        }
    }

    private func run() async {
        while !waiting.isEmpty {
            let group = next()
            let pushes = group.map(\.push)
            do {
                let store = store
                let results = try await pool.runIfActive {
                    store.append(pushes)
                }
                for (one, result) in zip(group, results) {
                    if case .success(let receipt) = result { onReceipt(receipt) }
                    one.continuation.resume(with: result)
                }
            } catch {
                for one in group { one.continuation.resume(throwing: error) }
            }
        }
        isRunning = false
    }

    /// The longest waiting, as many as one transaction should hold.
    private func next() -> [Waiting] {
        var (count, bytes) = (0, 0)
        for one in waiting.prefix(Self.pushesPerGroup) {
            bytes += one.push.batch.bytes.count
            guard count == 0 || bytes <= Self.bytesPerGroup else { break }
            count += 1
        }
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }
}
