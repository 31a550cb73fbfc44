import CommandKit
import HubConfiguration
import PostgresStore
import SyncHub
import SyncProtocol
import SyncStore

/// Databases, and the file of the key under which their spaces keep theirs.
struct DatabasePlace: Sendable {
    let urls: [String]
    let masterKeyFile: String?

    init(urls: [String], masterKeyFile: String?) {
        self.urls = urls
        self.masterKeyFile = masterKeyFile
    }

    init(_ settings: HubSettings) {
        self.init(urls: settings.texts(.database), masterKeyFile: settings.text(.masterKeyFile))
    }

    /// Whether a database is named.
    var isNamed: Bool { !urls.isEmpty }

    /// Without its password.
    var shown: String? {
        #if PostgreSQL
            urls.first.map { PostgresPool($0).shownAddress }
        #else
            urls.first
        #endif
    }

    #if PostgreSQL
        /// A secret that anybody who may look at the process can read: not taken any more.
        private static let formerVariable = "FIELDSYNC_MASTER_KEY"

        /// The one database that is named.
        ///
        /// - Parameter makesKey: whether a master key is made where there is none yet.
        /// - Throws: `CommandFailure`, `StoreError`.
        func spaces(makesKey: Bool = false) throws -> PostgresSpaces {
            guard urls.count < 2 else {
                let words = Messages.hubSpaces
                throw CommandFailure(
                    "one_database", words.oneDatabase.text(), mend: words.oneDatabaseMend.text(),
                    status: .usage)
            }
            return try directory(makesKey: makesKey).databases[0]
        }

        /// Every database that is named.
        ///
        /// - Parameter standbys: replicas to read from, in the order of the databases.
        func directory(makesKey: Bool = false, standbys: [String] = []) throws -> PostgresShards {
            guard let first = urls.first else { throw HubDataOptions.usage }
            // A mistyped name must not make a second key beside the one that the spaces have.
            let master = try master(makesKey: makesKey) {
                try PostgresSpaces.isEmpty(PostgresPool(first))
            }
            return PostgresShards(
                urls.enumerated().map { index, url in
                    PostgresSpaces(
                        PostgresPool(url),
                        standby: index < standbys.count ? PostgresPool(standbys[index]) : nil,
                        master: master, environment: .system)
                })
        }

        func open(_ space: String) throws -> (store: SQLHubStore, key: SigningKey) {
            try directory().database(of: space).open(space)
        }

        private func master(
            makesKey: Bool, isNew: () throws -> Bool
        ) throws -> MasterKey {
            let words = Messages.hubSpaces
            if let path = masterKeyFile, let bytes = try SecretFile.read(path) {
                guard let key = MasterKey(hex: String(decoding: bytes, as: UTF8.self)) else {
                    throw CommandFailure(
                        "bad_master", words.badMaster.text(["path": path]),
                        mend: words.badMasterMend.text())
                }
                return key
            }
            guard ProcessEnvironment.process[Self.formerVariable] == nil else {
                throw CommandFailure(
                    "secret_in_environment",
                    words.masterInEnvironment.text(["name": Self.formerVariable]),
                    mend: words.masterInEnvironmentMend.text(), status: .usage)
            }
            guard makesKey, let masterKeyFile, try isNew() else {
                throw CommandFailure(
                    "no_master", words.noMaster.text(), mend: words.noMasterMend.text(),
                    status: .usage)
            }
            let key = try MasterKey.make(at: masterKeyFile, environment: .system)
            Console.current.say(words.masterMade.text(["path": masterKeyFile]))
            return key
        }

    #else
        func open(_ space: String) throws -> (store: SQLHubStore, key: SigningKey) {
            throw Self.notBuilt
        }

        static var notBuilt: CommandFailure {
            CommandFailure(
                "not_built", Messages.hubSpaces.notBuilt.text(),
                mend: Messages.hubSpaces.notBuiltMend.text(), status: .usage)
        }
    #endif
}
