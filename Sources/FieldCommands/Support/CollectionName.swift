import CommandKit
import OutreachSchema
import SyncReplica

/// Collections by what a person calls them.
enum CollectionName {
    /// Whether a collection of that name is in the schema or in the replica.
    ///
    /// - Throws: `CommandFailure` with the names that there are.
    static func check(_ name: String, in open: OpenReplica) throws {
        let known = Schema.outreach.collections.map(\.name)
        guard !known.contains(name) else { return }
        let present = try open.replica.counts()
        guard present[name] == nil else { return }
        let names = Set(known).union(present.keys).sorted()
        throw unknown(name, names)
    }

    private static let nouns: [any RecordNoun.Type] = [
        StopFields.self, ActivityFields.self, EducationFields.self, HazardFields.self,
        PointNoun.self,
    ]

    /// The word of the command line for a collection.
    static func noun(of collection: String) -> String? {
        nouns.first { $0.collection.name == collection }?.noun
    }

    /// The schema's collection that is called so: by its name, its noun or its label.
    static func collection(named text: String) -> CollectionDescription? {
        nouns.first { noun in
            let collection = noun.collection
            return [
                noun.noun, collection.name, collection.label.zh, collection.label.en.lowercased(),
            ]
            .contains(text.lowercased())
        }?.collection
    }

    static func unknown(_ name: String, _ names: [String]) -> CommandFailure {
        CommandFailure(
            "collection_unknown", Messages.fieldRecords.collectionUnknown.text(["name": name]),
            mend: Messages.fieldRecords.collectionUnknownMend.text([
                "names": names.joined(separator: ", ")
            ]), status: .usage)
    }
}
