import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SyncCore
import SyncProtocol
import SyncStore
import Synchronization
import TestSupport
import Testing

@testable import SyncHub

/// `/readyz` and a store that takes no writes.
@Suite struct WriteProofTests {
    private final class Disk: Sendable {
        let failure = Mutex<StoreError.Kind?>(nil)
        let writes = Mutex(0)
        let time = Mutex(ContinuousClock.now)

        private let gate = Mutex<DispatchSemaphore?>(nil)
        private let held = Mutex(false)

        var isHanging: Bool { held.withLock { $0 } }

        /// The next write waits for a signal.
        func hang() -> DispatchSemaphore {
            let semaphore = DispatchSemaphore(value: 0)
            gate.withLock { $0 = semaphore }
            return semaphore
        }

        func write() throws {
            writes.withLock { $0 += 1 }
            if let semaphore = gate.withLock({ $0 }) {
                held.withLock { $0 = true }
                semaphore.wait()
                gate.withLock { $0 = nil }
            }
            if let kind = failure.withLock({ $0 }) { throw StoreError(kind, path: "hub.sqlite") }
        }

        func pass(_ duration: Duration) { time.withLock { $0 += duration } }
    }

    private func proof(_ disk: Disk) -> WriteProof {
        WriteProof(now: { disk.time.withLock { $0 } }, write: { try disk.write() })
    }

    @Test func problem_askedOften_writesOnceInTenSeconds() {
        let disk = Disk()
        let proof = proof(disk)
        for _ in 0..<100 { #expect(proof.problem() == nil) }
        #expect(disk.writes.withLock { $0 } == 1)
        disk.pass(.milliseconds(9_999))
        #expect(proof.problem() == nil)
        #expect(disk.writes.withLock { $0 } == 1)
        disk.pass(.milliseconds(1))
        #expect(proof.problem() == nil)
        #expect(disk.writes.withLock { $0 } == 2)
    }

    @Test(arguments: [
        (StoreError.Kind.diskFull, "disk_full"), (.readOnly, "read_only"), (.locked, "busy"),
        (.inputOutput, "failed"),
    ])
    func problem_diskFails_saysWhyAndRecovers(kind: StoreError.Kind, reason: String) {
        let disk = Disk()
        let proof = proof(disk)
        disk.failure.withLock { $0 = kind }
        let problem = proof.problem()
        #expect(problem?.code == .hubReadOnly)
        #expect(problem?.details["reason"] == .string(reason))
        #expect(problem?.mend.isEmpty == false)
        disk.failure.withLock { $0 = nil }
        disk.pass(.seconds(10))
        #expect(proof.problem() == nil)
    }

    @Test func proveWriting_realStore_commitsAndChangesNothing() throws {
        let fixture = try HubFixture()
        let before = try fixture.store.status()
        let log = fixture.store.file.path + "-wal"
        let size = PlainFile.size(log)
        try fixture.store.proveWriting()
        #expect(PlainFile.size(log) > size)
        #expect(try fixture.store.status().digest == before.digest)
        #expect(try fixture.store.facts().position == before.facts.position)
    }

    /// Another process may be a newer program.
    @Test func proveWriting_newerFile_leavesItsVersion() throws {
        let fixture = try HubFixture()
        let file = try #require(fixture.store.sqlite)
        try file.write { try $0.execute("PRAGMA user_version = 99") }
        try fixture.store.proveWriting()
        #expect(try file.read { try $0.integer("PRAGMA user_version") } == 99)
    }

    /// A disk that hangs holds nobody but who tries it.
    @Test func problem_writeHangs_othersAreToldOfTheOneBefore() async {
        let disk = Disk()
        let proof = proof(disk)
        #expect(proof.problem() == nil)
        disk.pass(.seconds(10))
        let hanging = disk.hang()
        let first = Task.detached { proof.problem() }
        while !disk.isHanging { await Task.yield() }
        #expect(proof.problem() == nil)
        disk.pass(.seconds(30))
        #expect(proof.problem()?.details["reason"] == .string("busy"))
        hanging.signal()
        #expect(await first.value == nil)
        #expect(proof.problem() == nil)
    }

    @Test func ready_storeTakesNoWrites_answers503AndPullsGoOn() async throws {
        let fixture = try HubFixture()
        #expect(try fixture.join().status == 200)
        let headers = fixture.headers()
        let batch = ByteBuffer(bytes: try fixture.batch([HubFixture.change()]).envelope)
        try fixture.store.sqlite?.write { try $0.execute("PRAGMA query_only = 1") }
        try await fixture.application().test(.router) { client in
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body).hasPrefix("the hub's disk is read-only: "))
            }
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(String(buffer: response.body).contains("\nfieldsync_ready 0\n"))
            }
            let nonce = String(repeating: "0", count: 32)
            try await client.execute(
                uri: "/v1/changes?have=0&nonce=\(nonce)", method: .get, headers: headers
            ) { response in
                #expect(response.status == .ok)
            }
            try await client.execute(
                uri: "/v1/batches", method: .post, headers: headers, body: batch
            ) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(HubFixture.code(response.body) == "hub_read_only")
                #expect(String(buffer: response.body).contains(#""reason":"read_only""#))
            }
        }
    }
}
