// A shared shopping list: works offline, merges with everybody's when there is a hub.
//     swift run shopping-list [FILE] [NAME]

import FieldSync

struct Item: SyncedRecord, Equatable {
    static let collection = "items"
    var name: String
    var isBought = false
}

let arguments = CommandLine.arguments
let list = try Replica(
    at: arguments.count > 1 ? arguments[1] : "list.sqlite",
    name: arguments.count > 2 ? arguments[2] : "kitchen")

/// The list as it is shown, numbered from 1.
func items() throws -> [Stored<Item>] { try list.records(Item.self) }

func show() throws {
    for (index, item) in try items().enumerated() {
        print("\(index + 1). [\(item.isBought ? "x" : " ")] \(item.name)")
    }
    for (index, conflict) in try list.conflicts().enumerated() {
        print("? \(index + 1). \(conflict.field): \(conflict.kept ?? nil), or \(conflict.lost)?")
    }
}

func item(_ number: Substring?) throws -> Stored<Item>? {
    let all = try items()
    return number.flatMap { Int($0) }.flatMap { all.indices.contains($0 - 1) ? all[$0 - 1] : nil }
}

/// - Returns: false at the end.
func obey(_ line: String) async throws -> Bool {
    let words = line.split(separator: " ", maxSplits: 1)
    let rest = words.dropFirst().first
    switch words.first {
    case "add": try list.add(Item(name: rest.map(String.init) ?? "something"))
    case "x":
        if let id = try item(rest)?.id { try list.update(Item.self, id) { $0.isBought.toggle() } }
    case "drop": if let id = try item(rest)?.id { try list.delete(Item.self, id) }
    case "keep": if let conflict = try list.conflicts().first { try list.settle(conflict, .kept) }
    case "take": if let conflict = try list.conflicts().first { try list.settle(conflict, .lost) }
    case "join": try await list.join(rest.map(String.init) ?? "")
    case "sync":
        let result = try await list.sync(program: "shopping-list/1.0")
        print("sent \(result.sent), received \(result.received), equal: \(result.isEqual)")
    case "quit": return false
    default: print("add NAME · x NUMBER · drop NUMBER · join INVITE · sync · keep · take · quit")
    }
    return true
}

// What a sync or another program brings is said as it comes.
let watch = Task {
    var isFirst = true
    for try await now in list.observe(Item.self) {
        if !isFirst { print("(\(now.records.filter { !$0.isBought }.count) to buy)") }
        isFirst = false
    }
}

try show()
while let line = readLine() {
    do {
        guard try await obey(line) else { break }
        try show()
    } catch let error as FieldSyncError { print(error.message, error.mend) }
}
watch.cancel()
