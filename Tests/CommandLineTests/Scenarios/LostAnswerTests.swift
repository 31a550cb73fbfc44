import Foundation
import SyncCore
import TestSupport
import Testing

/// Answers that do not arrive, and a hub that dies between and within the steps of a sync.
@Suite struct LostAnswerTests {
    private let folder = TestFolder()
    private let hub: RunningHub
    private let proxy: HubProxy

    init() throws {
        hub = try RunningHub(in: folder)
        proxy = try HubProxy(to: hub)
    }

    /// Design §12, scenario 10.
    @Test func join_answerLost_repeatGivesSameMembership() throws {
        let a = try FieldDevice("a", in: folder)
        let invite = try hub.invite("a", url: proxy.url)
        proxy.setRule { _, _ in .answerLost() }
        let lost = try a.run("join", invite)
        #expect(lost.status == 5, "\(lost)")
        #expect(try a.status()["hub"] == .null)
        let position = try hub.position

        proxy.letThrough()
        try a.run("join", invite).succeeded()
        try a.run("join", invite).succeeded()
        #expect(try hub.position == position)
        #expect(try hub.status().number("devices") == 1)
        _ = try a.addStop()
        try hub.settle(a)
    }

    /// Design §12, scenario 10.
    @Test func push_answerLost_repeatGivesSameReceipt() throws {
        let a = try FieldDevice("a", in: folder, hub: hub, at: proxy.url)
        try a.sync()
        let id = try a.addStop("--note", "once")
        let before = try hub.position
        proxy.setRule { request, _ in request.method == "POST" ? .answerLost() : .forwarded }
        let lost = try a.run("sync")
        #expect(lost.status == 5, "\(lost)")
        #expect(try hub.position == before + 1)
        #expect(try a.pending == 1)

        proxy.letThrough()
        try hub.settle(a)
        #expect(try hub.position == before + 1)
        #expect(try a.status().number("delivered_position") == before + 1)
        #expect(try a.stopIDs() == [id])
    }

    /// When the hub dies, as seen from a request.
    enum Moment: String, CaseIterable {
        case before, meanwhile, after
    }

    @Test(arguments: Moment.allCases)
    func sync_hubKilledAtEachRequest_repeatedSyncDeliversOnce(_ moment: Moment) throws {
        let a = try FieldDevice("a", in: folder, hub: hub, at: proxy.url)
        let b = try FieldDevice("b", in: folder, hub: hub)
        try hub.settle(a, b)
        let before = try hub.position
        var stops: Set<String> = []

        // Pull, push, pull: the fourth is never asked for, and that sync goes through.
        for fatal in 0...3 {
            stops.insert(try a.addStop("--note", "request \(fatal)"))
            kill(at: fatal, moment)
            var attempts = 0
            while try a.run("sync").status != 0 {
                attempts += 1
                try #require(attempts < 5)
            }
            #expect(proxy.faults == [])
            let isFailed = fatal < 3 && moment != .before
            #expect(isFailed == (attempts > 0), "request \(fatal)")
            #expect(try a.pending == 0)
            #expect(try hub.position == before + Int64(stops.count))
        }
        proxy.letThrough()
        try hub.settle(a, b)
        #expect(try b.stopIDs() == stops)
        #expect(try hub.position == before + Int64(stops.count))
    }

    private func kill(at fatal: Int, _ moment: Moment) {
        proxy.setRule { [hub] _, index in
            guard index == fatal else { return .forwarded }
            switch moment {
            case .before:
                try hub.crashAndRestart()
                return .forwarded
            case .meanwhile: return .interrupted { try hub.crashAndRestart() }
            case .after: return .answerLost { try hub.crashAndRestart() }
            }
        }
    }
}
