import Foundation
import SyncCore
import TestSupport

/// A field device: a replica, and `sync-field` on it.
struct FieldDevice: Sendable {
    let name: String
    let replica: String
    var clock = WallClock.right
    private let folder: TestFolder

    /// Makes the replica, and joins it if there is a hub.
    ///
    /// - Parameter url: the address that it knows the hub by: the hub's own if nil.
    init(
        _ name: String, in folder: TestFolder, hub: RunningHub? = nil, at url: String? = nil
    ) throws {
        self.name = name
        self.folder = folder
        replica = folder.file("\(name).sqlite")
        try run("init", "--name", name).succeeded()
        if let hub { try run("join", hub.invite(name, url: url)).succeeded() }
    }

    /// A copy of another device's files.
    init(
        copyOf other: FieldDevice, as name: String, in folder: TestFolder, withKey: Bool = true
    ) throws {
        self.name = name
        self.folder = folder
        replica = folder.file("\(name).sqlite")
        try folder.copyStore("\(other.name).sqlite", to: "\(name).sqlite")
        if withKey { try folder.copyStore("\(other.name).key", to: "\(name).key") }
    }

    private var environment: [String: String] {
        ["SYNC_FIELD_REPLICA": replica, "HOME": folder.path]
    }

    func start(_ arguments: [String]) throws -> StartedProgram {
        try StartedProgram(
            Programs.field, arguments, environment: environment, clock: clock)
    }

    func run(_ arguments: [String]) throws -> ProgramRun { try start(arguments).finish() }
    func run(_ arguments: String...) throws -> ProgramRun { try run(arguments) }

    /// Runs a command that must not fail.
    func json(_ arguments: String...) throws -> JSONValue {
        try run(arguments + ["--json"]).succeeded().json
    }

    /// A sync that must not fail.
    @discardableResult func sync() throws -> JSONValue { try json("sync") }

    /// What SQLite's own shell prints for a query.
    func query(_ sql: String) throws -> String {
        try StartedProgram(Programs.sqlite(), ["-readonly", replica, sql]).finish().succeeded()
            .stdout.trimmed
    }
}

extension FieldDevice {
    /// Saves a stop.
    ///
    /// - Returns: its id.
    func addStop(_ options: String...) throws -> String {
        let arguments = ["stop", "add", "--point", "NDJ-014"] + options + ["--json"]
        return try run(arguments).succeeded().json.text("id")
    }

    func edit(_ id: String, _ options: String...) throws {
        try run(["stop", "edit", id] + options).succeeded()
    }

    /// The fields that the device shows of a stop.
    func stop(_ id: String) throws -> JSONValue { try json("stop", "show", id)["fields"] ?? .null }

    func note(_ id: String) throws -> String { try stop(id).text("note") }

    func stopIDs() throws -> Set<String> {
        Set(try json("stop", "list").array?.map { $0.text("id") } ?? [])
    }

    /// The open conflicts.
    func conflicts() throws -> [JSONValue] { try json("conflict", "list").array ?? [] }

    func status() throws -> JSONValue { try json("status") }

    var pending: Int64 { get throws { try status().number("pending") } }
}

extension String {
    /// Without line ends around it.
    var trimmed: String { trimmingCharacters(in: .newlines) }
}
