#if PostgreSQL
    import Foundation
    import Synchronization

    /// A PostgreSQL server of this process's own: on a socket in a temporary folder, ended with it.
    ///
    /// Not run as root: PostgreSQL refuses to. Where the tests are, the server is the system user
    /// `postgres`'s, which Debian's package makes.
    final class PostgresServer: Sendable {
        /// Started at the first use.
        static let shared: PostgresServer? = try? PostgresServer()

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
                    + "rm -rf '\(folder)') >/dev/null 2>&1 &")
            for _ in 0..<100 where !FileManager.default.fileExists(
                atPath: "\(folder)/.s.PGSQL.5432")
            {
                Thread.sleep(forTimeInterval: 0.1)
            }
        }

        struct Missing: Error {}

        private static func run(_ line: String) throws {
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                getuid() == 0
                ? ["-c", "exec setpriv --reuid=postgres --regid=postgres --clear-groups sh -c \"$0\"", line]
                : ["-c", line]
            process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw Missing() }
        }

        /// The address of a new, empty database.
        func database() throws -> String {
            let name = number.withLock { number -> String in
                number += 1
                return "test\(number)"
            }
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/psql")
            process.arguments = [
                "-h", folder, "-U", "fieldsync", "-d", "postgres", "-qc",
                "CREATE DATABASE \(name)",
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw Missing() }
            return "postgresql://fieldsync@/\(name)?host=\(folder)"
        }
    }
#endif
