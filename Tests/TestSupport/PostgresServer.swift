#if PostgreSQL
    import Foundation
    import Synchronization

    /// A PostgreSQL server of this process's own: on a socket in a temporary folder, ended with it.
    ///
    /// Not run as root: PostgreSQL refuses to. Where the tests are, the server is the system user
    /// `postgres`'s, which Debian's package makes.
    public final class PostgresServer: Sendable {
        /// Started at the first use.
        public static let shared: PostgresServer? = try? PostgresServer()

        private let folder: String
        private let number = Mutex(0)

        private static let binaries = "/usr/lib/postgresql"

        private init() throws {
            let versions = try FileManager.default.contentsOfDirectory(atPath: Self.binaries)
            guard let newest = versions.compactMap({ Int($0) }).max() else { throw Missing() }
            let bin = "\(Self.binaries)/\(newest)/bin"
            folder = "/tmp/fieldsync-pg-\(getpid())"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            // The umask is not asked: the server may be another user's.
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o777], ofItemAtPath: folder)
            let (folder, parent) = (self.folder, getpid())
            try Self.run(
                "'\(bin)/initdb' -D '\(folder)/data' -U fieldsync --auth=trust --no-sync -E UTF8 "
                    + "--locale=C >'\(folder)/initdb.log' 2>&1")
            // Whatever ends the tests ends the server: a shell that watches them does it.
            try Self.run(
                "'\(bin)/pg_ctl' -D '\(folder)/data' -l '\(folder)/log' -w -o \""
                    + "-c listen_addresses='' -k '\(folder)' -c fsync=off -c max_connections=60\" "
                    + "start >/dev/null 2>&1 && (while [ -d /proc/\(parent) ]; do sleep 1; "
                    + "done; '\(bin)/pg_ctl' -D '\(folder)/data' -m immediate stop; "
                    + "rm -rf '\(folder)') </dev/null >/dev/null 2>&1 &")
            for _ in 0..<100
            where !FileManager.default.fileExists(
                atPath: "\(folder)/.s.PGSQL.5432")
            {
                Thread.sleep(forTimeInterval: 0.1)
            }
        }

        struct Missing: Error {}

        /// Runs a line of shell, as the server's user.
        ///
        /// Foundation's `Process` waits until everybody has closed what it hands down: a server
        /// that stays would be waited for.
        private static func run(_ line: String) throws {
            let asUser =
                getuid() == 0
                ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
            try start(["/usr/bin/env", "LC_ALL=C"] + asUser + ["/bin/sh", "-c", line])
        }

        private static func start(_ arguments: [String]) throws {
            var words = arguments.map { strdup($0) } + [nil]
            defer { for word in words { free(word) } }
            var child = pid_t()
            guard posix_spawn(&child, arguments[0], nil, nil, &words, environ) == 0 else {
                throw Missing()
            }
            var status: Int32 = 0
            guard waitpid(child, &status, 0) == child, status == 0 else { throw Missing() }
        }

        /// The address of a copy of a database as it is now: what a replica that lags would hold.
        /// Whoever is connected to the original loses the connection.
        public func copy(of address: String) throws -> String {
            let original = address.split(separator: "?")[0].split(separator: "/").last ?? ""
            try Self.start([
                "/usr/bin/psql", "-h", folder, "-U", "fieldsync", "-d", "postgres", "-qAtc",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(original)'",
            ])
            return try database(from: String(original))
        }

        /// The address of a new, empty database.
        public func database() throws -> String { try database(from: "template1") }

        private func database(from template: String) throws -> String {
            let name = number.withLock { number -> String in
                number += 1
                return "test\(number)"
            }
            try Self.start([
                "/usr/bin/psql", "-h", folder, "-U", "fieldsync", "-d", "postgres", "-qc",
                "CREATE DATABASE \(name) TEMPLATE \(template)",
            ])
            return "postgresql://fieldsync@/\(name)?host=\(folder)"
        }
    }
#endif
