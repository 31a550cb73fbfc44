import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// What Tab offers besides commands and options: points, grids, ids and words, from the replica that
/// the line names. Where it cannot be read, nothing is offered.
enum Completions {
    /// Candidates that a shell can show.
    private static let limit = 200

    static let points = CompletionKind.custom { words, _, _ in
        open(words).flatMap { try? $0.allPlaces() }?.points.filter(\.isActive).map(\.code) ?? []
    }

    static let grids = CompletionKind.custom { words, _, _ in
        open(words).flatMap { try? $0.allPlaces() }?.grids ?? []
    }

    /// The newest records of the noun that the line names.
    static let ids = CompletionKind.custom { words, _, _ in
        let noun = words.compactMap { CollectionName.collection(named: $0) }.first
        let collection = noun ?? .stops
        guard let open = open(words), let field = collection.eventTimeField,
            let views = try? open.replica.latestRecords(
                in: collection.name, by: field, limit: limit, isDeleted: words.contains("restore"))
        else { return [RecordSearch.last] }
        return [RecordSearch.last] + views.reversed().map { String($0.key.id.hex.prefix(12)) }
    }

    /// The first word of a line: a point for a stop, a kind, a topic, a category.
    static func firstWord(of collection: CollectionDescription) -> CompletionKind {
        switch collection.name {
        case "stops": points
        case "activities": words(of: "kind", in: collection)
        case "education": words(of: "topic", in: collection)
        default: words(of: "category", in: collection)
        }
    }

    static func words(of name: String, in collection: CollectionDescription) -> CompletionKind {
        guard case .enumeration(let vocabulary) = collection.field(named: name)?.type else {
            return .default
        }
        return .list(vocabulary.terms.map(\.key))
    }

    /// By the type of a field.
    static func values(of name: String, in collection: CollectionDescription) -> CompletionKind {
        switch collection.field(named: name)?.type {
        case .enumeration: words(of: name, in: collection)
        case .pointCode: points
        case .grid: grids
        case .bool: .list(["yes", "no"])
        default: .default
        }
    }

    private static func open(_ words: [String]) -> OpenReplica? {
        let named = words.firstIndex(of: "--replica").flatMap { index in
            words.indices.contains(index + 1) ? words[index + 1] : nil
        }
        let path = named ?? DefaultReplica.path(in: .process)
        return try? OpenReplica(Replica(path: path, environment: .system))
    }
}
