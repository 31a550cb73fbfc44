import Foundation
import SyncCore
import TestSupport
import Testing

/// Answers that are not the hub's, or not to this request: captive portals, proxies, forgers.
@Suite struct ForeignAnswerTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let proxy: HubProxy

    init() throws {
        hub = try RunningHub(in: folder)
        proxy = try HubProxy(to: hub)
    }

    enum Forgery: String, CaseIterable {
        case portalPage, redirect, firstSignatureChanged, lastSignatureChanged, replayed,
            garbageGzip, emptyObject
    }

    /// Which request of a sync gets the forged answer.
    enum Step: String, CaseIterable {
        case pull = "GET"
        case push = "POST"
    }

    /// It takes the connection and is never heard of again.
    @Test func sync_hubFreezes_isGivenUpInFifteenSeconds() throws {
        let (listener, port) = try LoopbackSocket.listen()
        defer { listener.shutDown() }
        let invite = try hub.invite("a", url: "http://127.0.0.1:\(port)")
        let a = try FieldDevice("a", in: folder)
        let started = ContinuousClock.now
        let run = try a.run("join", invite, "--json")
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        #expect(run.status == 5, "\(run)")
        #expect(try run.error.text("code") == "hub_timeout")
        // The limit is 15; the rest is a machine that does much else.
        #expect(seconds > 14 && seconds < 45, "\(seconds) s")
    }

    @Test(arguments: Forgery.allCases, Step.allCases)
    func sync_answerNotTheHubs_nothingCountsAsDelivered(_ forgery: Forgery, _ step: Step) throws {
        let a = try FieldDevice("a", in: folder, hub: hub, at: proxy.url)
        _ = try a.addStop("--note", "delivered before")
        try a.sync()
        let before = try a.status()
        let position = try hub.position
        _ = try a.addStop("--note", "must arrive")

        let old = try #require(proxy.exchanges.last { $0.request.method == step.rawValue }).answer
        proxy.setRule { request, _ in
            request.method == step.rawValue ? Self.fate(forgery, replaying: old) : .forwarded
        }
        let refused = try a.run("sync", "--json")
        #expect(refused.status == 5, "\(refused)")
        #expect(try !refused.error.text("mend").isEmpty)
        #expect(proxy.count > 0)
        let after = try a.status()
        #expect(after.number("pending") == 1)
        // Before a forged push there was a true pull.
        let pulled = step == .pull ? ["hub", "last_sync"] : []
        for key in ["delivered_position", "backed_up_position", "halt"] + pulled {
            #expect(after[key] == before[key], "\(key)")
        }

        proxy.letThrough()
        try hub.settle(a)
        #expect(try hub.position == position + 1)
        #expect(try hub.status()["records"]?.number("stops") == 2)
    }

    private static func fate(_ forgery: Forgery, replaying old: HTTPText) -> HubProxy.Fate {
        let ours = [("Sync-Protocol", "1"), ("Content-Type", "application/json")]
        switch forgery {
        case .portalPage:
            return .answered(
                HTTPText(
                    start: "HTTP/1.1 200 OK", headers: [("Content-Type", "text/html")],
                    body: Array("<html><body>Welcome! Log in to use the Wi-Fi</body>".utf8)))
        case .redirect:
            return .answered(
                HTTPText(
                    start: "HTTP/1.1 302 Found",
                    headers: ours + [("Location", "http://127.0.0.1:9/login")], body: []))
        case .firstSignatureChanged: return .changed { changingSignature($0, last: false) }
        case .lastSignatureChanged: return .changed { changingSignature($0, last: true) }
        case .replayed: return .answered(old)
        case .garbageGzip:
            return .answered(
                HTTPText(
                    start: "HTTP/1.1 200 OK", headers: ours + [("Content-Encoding", "gzip")],
                    body: [0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
        case .emptyObject:
            return .answered(
                HTTPText(start: "HTTP/1.1 200 OK", headers: ours, body: Array("{}".utf8)))
        }
    }

    /// A true answer with one digit of one signature changed.
    private static func changingSignature(_ answer: HTTPText, last: Bool) -> HTTPText {
        var changed = answer
        let mark = Array(#""signature":""#.utf8)
        let places = answer.body.ranges(of: mark).map(\.upperBound)
        guard let place = last ? places.last : places.first else { return answer }
        changed.body[place] = UInt8(ascii: changed.body[place] == UInt8(ascii: "0") ? "1" : "0")
        return changed
    }
}
