import Foundation
import SyncCore
import TestSupport
import Testing

/// What earlier releases wrote is read by this one. Tests/Fixtures/README.md says what is there.
@Suite struct ReleasedFilesTests {
    static let releases = ReleasedFiles.releases

    private func run(
        _ release: ReleasedFiles, _ program: String, _ arguments: String...
    ) throws -> ProgramRun {
        try StartedProgram(program, arguments, environment: ["HOME": release.folder.path]).finish()
    }

    private func field(
        _ release: ReleasedFiles, _ device: String, _ arguments: String...
    ) throws -> ProgramRun {
        try StartedProgram(
            Programs.field, arguments,
            environment: [
                "HOME": release.folder.path,
                "SYNC_FIELD_REPLICA": release.folder.file("\(device).sqlite"),
            ]
        ).finish()
    }

    @Test func thereIsTheFirstRelease() { #expect(Self.releases.contains("v1")) }

    @Test(arguments: releases) func auditor_readsEverything(name: String) throws {
        let release = try ReleasedFiles(name)
        let hub = release.folder.file("hub")
        let key = try release.text("hub_key")
        for file in [hub, release.folder.file("a.sqlite"), release.folder.file("b.sqlite")] {
            try run(release, Programs.audit, "verify", file, "--hub-key", key).succeeded()
        }
        try run(
            release, Programs.audit, "verify", hub, "--since", release.folder.file("hub.checkpoint")
        ).succeeded()
        try run(
            release, Programs.audit, "check-proof", release.folder.file("stop.proof"), "--hub-key",
            key
        ).succeeded()
        let history = try run(
            release, Programs.audit, "history", hub, "stops/" + release.expected.text("stop"),
            "--json"
        ).succeeded()
        #expect(history.stdout.contains("both wrote this (a)"))
        let diff = try run(
            release, Programs.audit, "diff", hub, release.folder.file("a.sqlite"), "--json")
        #expect(diff.status == 0, "\(diff)")
    }

    @Test(arguments: releases) func hub_goesOn(name: String) throws {
        let release = try ReleasedFiles(name)
        let data = release.folder.file("hub")
        let status = try run(release, Programs.hub, "status", "--data", data, "--json").succeeded()
            .json
        #expect(try status.text("digest") == release.text("digest"))
        #expect(status.number("position") == release.expected["hub"]?.number("position"))
        // The file as it was is kept.
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: data)
                .contains { $0.hasPrefix("hub.sqlite.schema") })
        let backup = release.folder.file("hub.backup")
        try run(release, Programs.hub, "backup", backup, "--data", data).succeeded()
        try run(
            release, Programs.hub, "restore", backup, "--data", release.folder.file("restored")
        ).succeeded()
        try run(release, Programs.audit, "verify", release.folder.file("restored")).succeeded()
    }

    /// The hub's answer to a bundle settles what was sent.
    @Test(arguments: releases) func answer_isTaken(name: String) throws {
        let release = try ReleasedFiles(name)
        #expect(try field(release, "b", "status", "--json").succeeded().json.number("pending") == 2)
        try field(release, "b", "bundle", "import", release.folder.file("answer.fsb")).succeeded()
        #expect(try field(release, "b", "status", "--json").succeeded().json.number("pending") == 1)
    }

    /// Both devices go on: one by bundles, as it had begun, then both over the network.
    @Test(arguments: releases) func devices_goOn(name: String) throws {
        let release = try ReleasedFiles(name)
        let (a, b) = ("a", "b")
        #expect(try field(release, a, "conflict", "list").succeeded().stdout.contains("both wrote"))
        try run(
            release, Programs.hub, "import", release.folder.file("b.fsb"), "--data",
            release.folder.file("hub"), "--answer", release.folder.file("new.fsb")
        ).succeeded()
        try field(release, b, "bundle", "import", release.folder.file("new.fsb")).succeeded()
        let hub = try ConfiguredHub(in: release.folder, [], isThere: true)
        for device in [a, b] {
            let invite = try hub.run("invite", "--name", "again", "--url", hub.url, "--json")
                .succeeded().json.text("invite")
            try field(release, device, "join", invite).succeeded()
            try field(release, device, "stop", "add", "3", "--new-place", "saved by this release")
                .succeeded()
            let report = try field(release, device, "sync", "--json").succeeded().json
            #expect(report["notices"]?.array?.isEmpty ?? true)
        }
        try field(release, a, "sync").succeeded()
        try run(
            release, Programs.audit, "diff", release.folder.file("a.sqlite"),
            release.folder.file("b.sqlite")
        ).succeeded()
        let stops = try field(release, a, "stop", "list", "--json").succeeded().stdout
        for note in ["in the bundle", "pending", "saved by this release"] {
            #expect(stops.contains(note), "\(note)")
        }
        #expect(
            try hub.run("device", "list", "--json").succeeded().json.array?.count == 2)
    }
}
