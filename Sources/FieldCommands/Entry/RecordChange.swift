import CommandKit
import OutreachSchema
import SyncReplica
import SyncStore

/// Checks and saves what a person typed for a record that is there.
struct RecordChange {
    let collection: CollectionDescription
    let noun: String
    let open: OpenReplica
    let options: EntryOptions
    let isJSON: Bool

    /// - Parameter texts: by field; a blank one clears its field.
    func save(_ texts: [String: String], on record: RecordView) throws {
        let places = try open.places(for: texts)
        let entry = try EntryDialogue(isJSON: isJSON).settled(texts, options.leniency) {
            texts, leniency in
            try open.checker(
                collection, allowsPersonal: options.allowsPersonal, places: places,
                leniency: leniency
            ).edit(texts, of: record.values)
        }
        let saved = try open.replica.save([Edit(record.key, .set(entry.fieldsToSave))])[0]
        try SaveEcho(open: open, isJSON: isJSON).edited(saved, entry, noun: noun)
    }
}
