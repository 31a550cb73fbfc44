import Foundation
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// A device of a load run, used by one task at a time.
final class LoadDevice: @unchecked Sendable {
    let url: String
    let replica: Replica
    private let index: Int
    private let figures: LoadFigures
    private var bodies: [[UInt8]] = []
    private var lastSuccess = ContinuousClock.now
    /// Whether its records were those of the hub when it last synced.
    private(set) var isEqual = false

    init(index: Int, url: String, replica: Replica, figures: LoadFigures) {
        self.index = index
        self.url = url
        self.replica = replica
        self.figures = figures
    }

    func write(_ count: Int, from: Int) throws {
        let seed = UInt64(index * 1_000_000 + from + 7)
        try BenchDevice.save(StopRows.make(count, seed: seed), in: replica)
    }

    /// One sync.
    ///
    /// - Returns: false if the hub could not take part now.
    func sync() async throws -> Bool {
        let http = try HTTPTransport(url: url, pin: nil)
        do {
            let transport = LoadTransport(http, figures)
            let report = try await SyncDriver(replica: replica, transport: transport).run()
            if case .equal = report.digest { isEqual = true } else { isEqual = false }
            await finish(http)
            return true
        } catch {
            await finish(http, error)
            return false
        }
    }

    private func finish(_ http: HTTPTransport, _ error: (any Error)? = nil) async {
        figures.add(traffic: await http.traffic)
        await http.close()
        if let error { return figures.count(error) }
        figures.pause(ContinuousClock.now - lastSuccess)
        lastSuccess = .now
    }

    // MARK: Pushes alone

    /// Seals so many batches of one record each.
    func seal(_ count: Int) throws {
        for row in StopRows.make(count, seed: UInt64(900_000 + index * 1_000)) {
            try BenchDevice.save([row], in: replica)
            guard let number = try replica.sealNext(upTo: replica.beginSession().mark) else {
                continue
            }
            bodies.append(try replica.push(number).encoded)
        }
        figures.count(changes: count)
    }

    func push() async throws {
        let http = try HTTPTransport(url: url, pin: nil)
        let transport = LoadTransport(http, figures)
        for body in bodies {
            var status = 0
            while status != 200 {
                do {
                    status = try await transport.send(
                        WireRequest(.post, "/v1/batches", token: replica.token, body: body)
                    ).status
                    if status != 200 { figures.count(RefusedPush(status: status)) }
                } catch { figures.count(error) }
                if status != 200 { try await Task.sleep(for: .milliseconds(200)) }
            }
        }
        await finish(http)
    }
}

struct RefusedPush: Error { let status: Int }

/// Times each push and pull of another transport.
final class LoadTransport: HubTransport {
    private let inner: HTTPTransport
    private let figures: LoadFigures

    init(_ inner: HTTPTransport, _ figures: LoadFigures) {
        self.inner = inner
        self.figures = figures
    }

    var traffic: Traffic { get async { await inner.traffic } }

    func send(_ request: WireRequest) async throws -> WireAnswer {
        let start = ContinuousClock.now
        let answer = try await inner.send(request)
        if answer.status == 200 {
            figures.add((ContinuousClock.now - start) / .milliseconds(1), path: request.path)
        }
        return answer
    }
}
