import Foundation
import SyncCore
import SyncProtocol
import TestSupport
import Testing

/// The programs without any privilege: as root runs them, what others may not do is not noticed.
@Suite struct OrdinaryUserTests {
    private let folder = TestFolder()

    private func run(_ program: String, _ arguments: String..., replica: String) throws
        -> ProgramRun
    {
        let environment = ["SYNC_FIELD_REPLICA": replica, "HOME": folder.path]
        guard getuid() == 0 else {
            return try StartedProgram(program, arguments, environment: environment).finish()
        }
        // Capabilities are what makes root root.
        let without = ["--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", program]
        return try StartedProgram(
            "/usr/bin/setpriv", without + arguments, environment: environment
        ).finish()
    }

    @Test func joinAndSync_needNoPrivilege() throws {
        let hub = try RunningHub(in: folder)
        let replica = folder.file("d.sqlite")
        let invite = try hub.invite("d")
        try run(Programs.field, "init", "--name", "d", replica: replica).succeeded()
        try run(Programs.field, "join", invite, replica: replica).succeeded()
        try run(
            Programs.field, "stop", "add", "--point", "NDJ-014", "--new-place", "--note", "x",
            replica: replica
        ).succeeded()
        let sync = try run(Programs.field, "sync", "--json", replica: replica).succeeded()
        #expect(try sync.json.number("pushed") == 1)
    }
}
