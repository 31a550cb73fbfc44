import SyncCore
import SyncProtocol
import SyncStore
import TestSupport
import Testing

@testable import SyncHub

/// What is counted for `/metrics`, beside what a look through everything counts.
@Suite struct JournalFiguresTests {
    private let hub: HubFixture

    init() throws { hub = try HubFixture() }

    /// Counted all along, and counted at once, it is what the store says.
    @Test func figures_countedBitByBit_areThoseOfTheWhole() throws {
        let figures = JournalFigures()
        #expect(try figures.look(at: hub.store).openConflicts == 0)
        for index in 0..<4 {
            _ = try hub.store.invite(
                name: "device \(index)", role: .lead, expires: HubFixture.now + 1_000, url: nil)
            _ = try hub.join()
            let step = try figures.look(at: hub.store)
            let whole = try JournalFigures().look(at: hub.store)
            #expect(step.openConflicts == (try hub.store.status().openConflicts))
            #expect(step.claims == (try hub.store.claims().count))
            #expect(step.journalSize == (try hub.store.facts().position))
            #expect(step.journalBytes == whole.journalBytes)
            #expect(step.journalBytes > 0)
        }
    }

    @Test func positions_atMoments_areThoseOfTheReceipts() throws {
        _ = try hub.join()
        let facts = try hub.store.facts()
        let moments = [0, facts.lastReceivedAt - 1, facts.lastReceivedAt, facts.lastReceivedAt + 1]
        let sizes = try hub.store.file.read { store in
            try moments.map { try JournalTable(store).size(at: $0) }
        }
        #expect(sizes[0] == 0)
        #expect(sizes[1] < facts.position)
        #expect(sizes.suffix(2) == [facts.position, facts.position])
    }
}
