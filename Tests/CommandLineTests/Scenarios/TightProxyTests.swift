import Foundation
import SyncCore
import TestSupport
import Testing

/// Proxies that take or hand on less than the protocol asks for.
@Suite struct TightProxyTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let proxy: HubProxy

    init() throws {
        hub = try RunningHub(in: folder)
        proxy = try HubProxy(to: hub)
    }

    private func rows(_ count: Int) throws -> String {
        let path = folder.file("rows.csv")
        var text = "point,mode,arrived_at,note\n"
        for index in 1...count {
            let note = String(repeating: "n\(index) ", count: 12)
            text += "NDJ-\(index % 900),foot,2026-11-2\(index % 9)T13:00:00Z,\(note)\n"
        }
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private static let tooLarge = HTTPText(
        start: "HTTP/1.1 413 Request Entity Too Large",
        headers: [("Content-Type", "text/html")], body: Array("<h1>413</h1>".utf8))

    /// What nginx does with `client_max_body_size 64k`, and something that cuts answers at 100 KiB.
    @Test func sync_throughATightProxy_isMadeSmallerAndRemembered() throws {
        let a = try FieldDevice("a", in: folder, hub: hub, at: proxy.url)
        let b = try FieldDevice("b", in: folder, hub: hub, at: proxy.url)
        let count = 3_000
        try a.run(["import", try rows(count), "--into", "stops", "--json"]).succeeded()
        proxy.setRule { request, _ in
            if request.method == "POST", request.body.count > 16_000 {
                return .answered(Self.tooLarge)
            }
            return .changed { answer in
                guard answer.body.count > 100_000 else { return answer }
                var cut = answer
                cut.body = Array(answer.body.prefix(100_000))
                return cut
            }
        }
        let sent = try a.run("sync", "--json").succeeded().json
        // With the record of the import.
        #expect(sent.number("pushed") == Int64(count) + 1)
        #expect(try a.pending == 0)
        // What went through is remembered.
        try a.run(["stop", "edit", "last", "--note", "again", "--json"]).succeeded()
        _ = try a.sync()
        #expect(proxy.exchanges.count > 0)
        let got = try b.run("sync", "--json").succeeded().json
        #expect(got.number("pulled") >= Int64(count))
        try hub.settle(a, b)
        #expect(try hub.status()["records"]?.number("stops") == Int64(count))
        // Nothing doubled, nobody took another key.
        #expect(try hub.run("device", "list", "--json").succeeded().json.array?.count == 2)
        let refused = proxy.exchanges.count
        _ = try a.addStop()
        try a.sync()
        #expect(proxy.exchanges.count > refused)
    }

    /// The answer to a push that the hub took is lost, twice: the batch is there, and stays whole.
    @Test func sync_gatewayTimesOutAfterTheHubTookIt_nothingIsDoubled() throws {
        let a = try FieldDevice("a", in: folder, hub: hub, at: proxy.url)
        try a.run(["import", try rows(1_500), "--into", "stops"]).succeeded()
        let gateway = HTTPText(
            start: "HTTP/1.1 504 Gateway Time-out", headers: [("Content-Type", "text/html")],
            body: [])
        proxy.setRule { request, index in
            request.method == "POST" && index < 6 ? .changed { _ in gateway } : .forwarded
        }
        let sent = try a.run("sync", "--json").succeeded().json
        #expect(sent.number("pushed") == 1_501)
        try hub.settle(a)
        #expect(try hub.status()["records"]?.number("stops") == 1_500)
        #expect(try hub.run("device", "list", "--json").succeeded().json.array?.count == 1)
    }
}
