#if PostgreSQL
    import Foundation
    import SyncCore
    import SyncProtocol
    import SyncReplica
    import SyncStore
    import TestSupport
    import Testing

    @testable import PostgresStore
    @testable import SyncAudit
    @testable import SyncHub

    #if canImport(Glibc)
        import Glibc
    #endif

    /// A fault in each statement of a push: the batch is taken once and as a whole, or the hub says
    /// "try again"; the next push is served either way.
    struct PostgresFaultTests {
        /// What befalls a statement.
        enum Fault: String, CaseIterable, Sendable {
            case serialization, deadlock, statementTimeout, lockTimeout, shutdown
            case tooManyConnections
            /// The connection ends before the statement is sent.
            case dropped
            /// The statement is carried out, and its answer is lost.
            case answerLost

            var state: String? {
                switch self {
                case .serialization: "40001"
                case .deadlock: "40P01"
                case .statementTimeout: "57014"
                case .lockTimeout: "55P03"
                case .shutdown: "57P01"
                case .tooManyConnections: "53300"
                case .dropped, .answerLost: nil
                }
            }
        }

        /// Lets one statement fail, counted from when it was armed.
        private final class Injector: @unchecked Sendable {
            // Guard: a test runs on one task, and the store in it.
            private var left = 0
            private var fault: Fault?
            private var isOnce = true
            private(set) var hasStruck = false
            private var isInside = false

            func arm(_ fault: Fault, at statement: Int, once: Bool = true) {
                (self.fault, left, isOnce, hasStruck) = (fault, statement, once, false)
            }

            func disarm() { fault = nil }

            func strike(_ connection: PostgresConnection) throws {
                guard let fault, !isInside else { return }
                left -= 1
                guard left == 0 || !isOnce && left < 0 else { return }
                hasStruck = true
                isInside = true
                defer { isInside = false }
                if let state = fault.state {
                    try connection.send(
                        "DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '\(state)'; END $$")
                } else if fault == .dropped {
                    connection.cutForTests()
                } else {
                    connection.isDeafForTests = true
                }
            }
        }

        private struct Fixture {
            let world: VerifyWorld
            let injector = Injector()
            let pool: PostgresPool

            init() async throws {
                let server = try #require(PostgresServer.shared)
                let pool = PostgresPool(
                    try server.database(), limit: 3, patience: .milliseconds(400))
                self.pool = pool
                world = try VerifyWorld { plan, environment in
                    let spaces = PostgresSpaces(
                        pool, master: MasterKey(bytes: [UInt8](repeating: 7, count: 32))!,
                        environment: environment)
                    _ = try spaces.add("riverside", plan)
                    return try spaces.open("riverside")
                }
                try await world.join("a")
                let injector = injector
                pool.beforeSend = { try injector.strike($0) }
            }

            func next(_ number: Int) throws -> PushRequest {
                let replica = world.replicas["a"]!
                try world.set(
                    "a", VerifyWorld.stop(UInt64(number % 7)), ["note": .number(Double(number))])
                let sealed = try #require(
                    try replica.sealNext(upTo: replica.beginSession().mark))
                return try replica.push(sealed)
            }

            /// Positions are dense, every batch is there once, and the records are those signed for.
            func check(_ count: Int64, before: Int64) throws {
                let facts = try world.store.facts()
                #expect(facts.position == before + count)
                let status = try world.store.status()
                #expect(status.digest == (try world.store.newestHead().head.digest))
                for figure in ["count(*)", "max(position)", "count(DISTINCT hash)"] {
                    let found = try world.store.file.read {
                        try $0.integer("SELECT \(figure) FROM journal")
                    }
                    #expect(found == facts.position, "\(figure)")
                }
            }
        }

        /// Each batch meets the fault one statement later than the one before.
        @Test(arguments: Fault.allCases)
        func faultInEachStatementOfAPush_isDoneAgainAsAWhole(_ fault: Fault) async throws {
            let fixture = try await Fixture()
            let before = try fixture.world.store.facts().position
            var count = 0
            while true {
                let push = try fixture.next(count)
                fixture.injector.arm(fault, at: count + 1)
                let receipt = try fixture.world.store.append(push)
                let hasStruck = fixture.injector.hasStruck
                fixture.injector.disarm()
                count += 1
                // Asked again, the hub says the same.
                #expect(try fixture.world.store.append(push).encoded == receipt.encoded)
                #expect(receipt.leaf.position == before + Int64(count))
                if !hasStruck { break }
            }
            #expect(count > 8, "a push has more statements than that")
            try fixture.check(Int64(count), before: before)
        }

        /// A fault that stays: nothing is taken, the answer is "try again", and it is over when the
        /// fault is.
        @Test(arguments: Fault.allCases.filter { $0 != .answerLost })
        func faultForGood_isTemporary_andNothingIsHalf(_ fault: Fault) async throws {
            let fixture = try await Fixture()
            let before = try fixture.world.store.facts().position
            let push = try fixture.next(0)
            for statement in [1, 4, 7] {
                fixture.injector.arm(fault, at: statement, once: false)
                let answer = fixture.world.service.answer(
                    WireRequest(
                        .post, "/v1/batches", token: fixture.world.replicas["a"]!.token,
                        body: push.encoded))
                #expect(answer.status == 503, "\(fault) \(statement)")
                fixture.injector.disarm()
                #expect(try fixture.world.store.facts().position == before)
            }
            let receipt = try fixture.world.store.append(push)
            #expect(receipt.leaf.position == before + 1)
            try fixture.check(1, before: before)
        }
    }
#endif
