import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import PostgresStore
@testable import SyncHub

/// Where a simulated hub keeps its space.
protocol HubPlace: Sendable {
    func create(_ plan: SQLHubStore.SpacePlan, _ environment: Environment) throws
    func open(_ environment: Environment) throws -> (store: SQLHubStore, key: SigningKey)
    /// A copy as it is now, of a store that is open.
    func copy(_ store: SQLHubStore, to name: String) throws
    /// What an auditor reads of it.
    func auditPath(_ store: SQLHubStore) throws -> String
    /// Puts a copy in place; the store is closed.
    func restore(_ name: String) throws
}

/// A hub's data folder.
struct FolderPlace: HubPlace {
    let folder: TestFolder

    private var hub: HubFolder { HubFolder(folder.file("hub")) }

    func create(_ plan: SQLHubStore.SpacePlan, _ environment: Environment) throws {
        try hub.create(plan, environment: environment).close()
    }

    func open(_ environment: Environment) throws -> (store: SQLHubStore, key: SigningKey) {
        try hub.open(environment: environment)
    }

    func copy(_ store: SQLHubStore, to name: String) throws {
        try store.close()
        try folder.copyStore("hub/hub.sqlite", to: name)
    }

    func auditPath(_ store: SQLHubStore) -> String { hub.path }

    func restore(_ name: String) throws {
        try folder.copyStore(name, to: "hub/hub.sqlite")
    }
}

/// Runs each test of a suite with hubs in folders, and again with hubs in a database.
struct OnBothStores: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func scopeProvider(for test: Test, testCase: Test.Case?) -> OnBothStores? {
        testCase == nil ? nil : self
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await function()
        #if PostgreSQL
            try await SimulatedHub.$isInDatabase.withValue(true) { try await function() }
        #endif
    }
}

extension SuiteTrait where Self == OnBothStores {
    static var onBothStores: Self { OnBothStores() }
}

#if PostgreSQL
    /// A space of a PostgreSQL database.
    struct DatabasePlace: HubPlace {
        let folder: TestFolder
        private let name = "s" + Environment.system.randomID().hex.prefix(12)
        private static let pool: PostgresPool? = {
            guard let server = PostgresServer.shared, let address = try? server.database() else {
                return nil
            }
            return PostgresPool(address, limit: 12)
        }()

        init(folder: TestFolder) { self.folder = folder }

        private func spaces(_ environment: Environment) throws -> PostgresSpaces {
            PostgresSpaces(
                try #require(Self.pool),
                master: MasterKey(bytes: [UInt8](repeating: 5, count: 32))!,
                environment: environment)
        }

        func create(_ plan: SQLHubStore.SpacePlan, _ environment: Environment) throws {
            _ = try spaces(environment).add(name, plan)
        }

        func open(_ environment: Environment) throws -> (store: SQLHubStore, key: SigningKey) {
            try spaces(environment).open(name)
        }

        func copy(_ store: SQLHubStore, to name: String) throws {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                PlainFile.remove(folder.file(name) + suffix)
            }
            try store.copy(to: folder.file(name)) { _ in }
        }

        func auditPath(_ store: SQLHubStore) throws -> String {
            try copy(store, to: "audit.sqlite")
            return folder.file("audit.sqlite")
        }

        func restore(_ name: String) throws {
            let file = try StoreFile(
                path: folder.file(name), purpose: .hub, tables: HubTables.versions)
            let database = PostgresDatabase(
                try #require(Self.pool), schema: "space_\(self.name)")
            try database.write { target in
                try file.read { try StoreMove.copy($0, to: target) }
                try PostgresSpaces.countOn(target)
            }
            try file.close()
        }
    }
#endif
