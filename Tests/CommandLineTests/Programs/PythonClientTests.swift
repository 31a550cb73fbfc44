import Foundation
import TestSupport
import Testing

/// The client in another language, at a real hub beside a device of ours.
@Suite struct PythonClientTests {
    @Test func clientMadeFromTheProtocolAlone_endsEqual() throws {
        let check = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Examples/python/check.sh")
        let programs = URL(filePath: Programs.hub).deletingLastPathComponent().path()
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        try StartedProgram(
            "/bin/bash", [check.path(), programs], environment: ["PATH": path]
        ).finish().succeeded()
    }
}
