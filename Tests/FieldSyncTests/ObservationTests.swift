import TestSupport
import Testing

@testable import FieldSync

/// What an observer is told.
@Suite struct ObservationTests {
    @Test func observer_isToldOfSavesHereElsewhereAndOfSyncs() async throws {
        let world = try ListWorld()
        let (a, b) = (try await world.joined("a"), try await world.joined("b"))
        let open = a.observe(Item.self, where: { !$0.isBought }).makeAsyncIterator()
        var observer = open
        let first = try #require(try await observer.next())
        #expect(first.records.isEmpty)

        let milk = try a.add(Item(name: "Milk"))
        var seen = try #require(try await observer.next())
        #expect(seen.inserted == [milk] && seen.records.map(\.name) == ["Milk"])

        // Another opening of the same file, as another process has it.
        let other = try world.replica("a")
        try other.update(Item.self, milk) { $0.amount = 2 }
        seen = try #require(try await observer.next())
        #expect(seen.updated == [milk] && seen.inserted.isEmpty && seen.removed.isEmpty)

        #expect(try a.unsent(Item.self) == [milk])
        try await world.sync(a)
        #expect(try a.unsent(Item.self).isEmpty)
        try b.add(Item(name: "Bread"))
        try await world.sync(b, a)
        seen = try #require(try await observer.next())
        #expect(seen.inserted.count == 1 && seen.records.count == 2)

        // What the query no longer finds.
        try a.update(Item.self, milk) { $0.isBought = true }
        seen = try #require(try await observer.next())
        #expect(seen.removed == [milk] && seen.records.map(\.name) == ["Bread"])
    }

    /// What does not concern the query wakes nobody; a cancelled task ends.
    @Test func observer_isNotToldOfOthers_andEnds() async throws {
        struct Note: SyncedRecord, Equatable {
            static let collection = "notes"
            var text: String
        }
        let list = try ListWorld().replica("a")
        let task = Task {
            var results: [Int] = []
            for try await found in list.observe(Note.self) { results.append(found.records.count) }
            return results
        }
        try list.add(Item(name: "Milk"))
        try await Task.sleep(for: .milliseconds(700))
        task.cancel()
        #expect(try await task.value == [0])
    }
}
