import Foundation
import SyncCore
import TestSupport
import Testing

/// What `/metrics` tells of a hub whose devices work.
@Suite struct MetricsTests {
    private let folder = TestFolder()
    private let hub: RunningHub

    init() throws { hub = try RunningHub(in: folder) }

    /// Series and their values.
    private func scrape() throws -> [String: Double] {
        let port = try #require(hub.url.split(separator: ":").last.flatMap { UInt16($0) })
        let request = HTTPText(
            start: "GET /metrics HTTP/1.1", headers: [("Host", "hub"), ("Connection", "close")],
            body: [])
        let answer = try #require(request.exchange(port: port))
        var values: [String: Double] = [:]
        for line in String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            values[String(parts[0])] = Double(parts[1])
        }
        return values
    }

    private func sql(_ text: String) throws {
        try StartedProgram(Programs.sqlite(), [folder.file("hub/hub.sqlite"), text]).finish()
            .succeeded()
    }

    @Test func lag_isWhatCameSinceTheLastVisit_byRole() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        try b.sync()
        let worst = "{role=\"lead\",rank=\"worst\"}"
        #expect(try scrape()["fieldsync_lag_batches" + worst] == 0)
        // As if both had been here three hours ago.
        _ = try a.addStop()
        try sql("UPDATE seen SET at = at - \(3 * 3_600_000)")
        try a.sync()
        let values = try scrape()
        // The hub knows what it gave `b`, whenever that was.
        #expect(values["fieldsync_lag_batches" + worst] == 1)
        let seconds = try #require(values["fieldsync_lag_seconds" + worst])
        #expect((10_800...11_000).contains(seconds), "\(seconds)")
        #expect(values["fieldsync_lag_batches{role=\"lead\",rank=\"median\"}"] == 0)
        #expect(values["fieldsync_lag_batches{role=\"auditor\",rank=\"worst\"}"] == 0)
        try b.sync()
        #expect(try scrape()["fieldsync_lag_batches" + worst] == 0)
    }

    /// Counted by what is new, a conflict comes, and goes when it is settled.
    @Test func conflictsAndJournal_areCountedAsTheyCome() throws {
        let a = try FieldDevice("a", in: folder, hub: hub)
        let b = try FieldDevice("b", in: folder, hub: hub)
        let id = try a.addStop("--note", "first")
        try hub.settle(a, b)
        let before = try scrape()
        #expect(before["fieldsync_conflicts_open"] == 0)
        try a.edit(id, "--note", "earlier")
        try b.edit(id, "--note", "later")
        try hub.settle(a, b)
        let after = try scrape()
        #expect(after["fieldsync_conflicts_open"] == 1)
        #expect(after["fieldsync_journal_bytes"]! > before["fieldsync_journal_bytes"]!)
        let conflict = try #require(try a.conflicts().first)
        try a.run("conflict", "resolve", conflict.text("id"), "--use", "lost").succeeded()
        try hub.settle(a, b)
        #expect(try scrape()["fieldsync_conflicts_open"] == 0)
        #expect(try scrape()["fieldsync_claims_open"] == 0)
    }
}
