import TestSupport
import Testing

@testable import FieldSync

/// Records saved, read and merged through the library alone.
@Suite struct ReplicaTests {
    @Test func add_update_delete_readBackAsTheyWere() throws {
        let world = try ListWorld()
        let list = try world.replica("a")
        let id = try list.add(Item(name: "Milk", amount: 2, shop: .market, price: 1.5))
        #expect(
            try list.record(Item.self, id)?.value
                == Item(
                    name: "Milk", amount: 2, shop: .market, price: 1.5))
        let changed = try list.update(Item.self, id) {
            $0.isBought = true
            $0.shop = nil
        }
        #expect(changed.isBought && changed.shop == nil && changed.amount == 2)
        #expect(try list.unsent(Item.self) == [id])
        #expect(try list.records(Item.self, where: { !$0.isBought }).isEmpty)
        try list.delete(Item.self, id)
        #expect(try list.record(Item.self, id) == nil)
        #expect(try list.records(Item.self).isEmpty)
        try list.restore(Item.self, id)
        #expect(try list.record(Item.self, id) == changed)
        // Another opening of the file finds the same.
        try list.close()
        #expect(try world.replica("a").records(Item.self).map(\.name) == ["Milk"])
    }

    /// Two people change one item, each another field: both stand.
    @Test func update_writesOnlyWhatChanged() async throws {
        let world = try ListWorld()
        let (a, b) = (try await world.joined("a"), try await world.joined("b"))
        let id = try a.add(Item(name: "Bread"))
        try await world.sync(a, b)
        try a.update(Item.self, id) { $0.amount = 3 }
        try b.update(Item.self, id) { $0.isBought = true }
        try await world.sync(a, b, a)
        for list in [a, b] {
            let item = try #require(try list.record(Item.self, id))
            #expect(item.amount == 3 && item.isBought)
            #expect(try list.conflicts().isEmpty)
            #expect(try list.pendingCount == 0)
        }
    }

    @Test func conflict_isListedAndSettledForEverybody() async throws {
        let world = try ListWorld()
        let (a, b) = (try await world.joined("a"), try await world.joined("b"))
        let id = try a.add(Item(name: "Eggs", amount: 6))
        try await world.sync(a, b)
        try a.update(Item.self, id) { $0.amount = 10 }
        try b.update(Item.self, id) { $0.amount = 12 }
        try await world.sync(a, b, a)
        let conflict = try #require(try a.conflicts().first)
        #expect(conflict.collection == "items" && conflict.field == "amount")
        #expect(conflict.record == id)
        #expect(Set([conflict.kept, conflict.lost]) == [10, 12])
        try a.settle(conflict, .value(11))
        #expect(try a.conflicts().isEmpty)
        try await world.sync(a, b)
        #expect(try b.conflicts().isEmpty)
        #expect(try b.record(Item.self, id)?.amount == 11)
    }

    @Test func unknownFields_ofANewerType_stay() async throws {
        struct NewItem: SyncedRecord, Equatable {
            static let collection = "items"
            var name: String
            var amount: Int
            var isBought: Bool
            var colour: String?
        }
        let world = try ListWorld()
        let (a, b) = (try await world.joined("a"), try await world.joined("b"))
        let id = try a.add(NewItem(name: "Apples", amount: 4, isBought: false, colour: "red"))
        try await world.sync(a, b)
        try b.update(Item.self, id) { $0.amount = 5 }
        try await world.sync(b, a)
        #expect(try a.record(NewItem.self, id)?.colour == "red")
        #expect(try a.record(NewItem.self, id)?.amount == 5)
    }

    // MARK: Errors

    private func fault<T>(_ body: () throws -> T) -> FieldSyncError? {
        do { _ = try body() } catch { return error as? FieldSyncError }
        return nil
    }

    @Test func whatNoFieldHolds_isSaidWithAMend() throws {
        struct Tagged: SyncedRecord {
            static let collection = "items"
            var tags: [String]
        }
        struct Large: SyncedRecord {
            static let collection = "items"
            var number: Int64
        }
        struct Named: SyncedRecord {
            static let collection = "My Items"
            var name: String
        }
        let list = try ListWorld().replica("a")
        for error in [
            fault { try list.add(Tagged(tags: ["x"])) },
            fault { try list.add(Large(number: .max)) },
            fault { try list.add(Named(name: "x")) },
        ] {
            #expect(error?.kind == .unsupportedValue)
            #expect(error?.mend.isEmpty == false)
        }
        #expect(try list.pendingCount == 0)
    }

    @Test func recordOfAnotherForm_isSaid() throws {
        struct Other: SyncedRecord {
            static let collection = "items"
            var title: String
        }
        let list = try ListWorld().replica("a")
        try list.add(Other(title: "no name"))
        let error = fault { try list.records(Item.self) }
        #expect(error?.kind == .unreadableRecord)
        #expect(error?.message.contains("name") == true)
    }

    @Test func withoutAHub_sync_saysToJoin() async throws {
        let list = try ListWorld().replica("a")
        do {
            try await list.sync()
            Issue.record("it synced")
        } catch {
            #expect(error.kind == .notJoined)
            #expect(error.mend.contains("join"))
        }
        do {
            try await list.join("fsi1_nonsense")
            Issue.record("it joined")
        } catch { #expect(error.kind == .badInvite) }
    }

    @Test func hubAway_isTemporary() async throws {
        let world = try ListWorld()
        let list = try await world.joined("a")
        try list.add(Item(name: "Tea"))
        do {
            try await list.sync()
            Issue.record("nobody was there")
        } catch {
            #expect(error.kind == .unreachable && error.isTemporary)
        }
        #expect(try list.pendingCount == 1)
    }

    // MARK: A schema

    @Test func schema_saysWhatARecordHolds() throws {
        let schema = try Schema(
            json: """
                {"collections": [{"name": "items", "fields": [
                    {"name": "title", "type": "text", "required": true},
                    {"name": "amount", "type": "number"},
                    {"name": "shop", "type": "enumeration", "values": [{"key": "market"}]}]}]}
                """)
        let items = try #require(schema["items"])
        let list = try ListWorld().replica("a")
        let id = try list.add(["title": "Rice", "amount": 2, "shop": "market"], to: items)
        try list.set(["amount": 3], of: id, in: items)
        #expect(try list.records(in: items).map { $0["amount"] } == [3])
        for fields: [String: FieldValue] in [
            ["amount": 1], ["title": "x", "amount": "two"], ["title": "x", "shop": "moon"],
            ["title": "x", "other": 1], ["title": nil],
        ] {
            #expect(fault { try list.add(fields, to: items) }?.kind == .unsupportedValue)
        }
        #expect(fault { try list.set(["title": nil], of: id, in: items) } != nil)
        #expect(try list.records(in: items).count == 1)
        for text in ["", "{}", "{\"collections\": [{\"name\": \"A b\"}]}"] {
            #expect(throws: FieldSyncError.self) { try Schema(json: text) }
        }
    }
}
