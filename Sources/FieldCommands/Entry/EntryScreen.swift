import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica
import SyncStore

/// The entry screen: one record after another, field by field, until the person leaves.
///
/// Leaving saves nothing of the record that stands on the screen; those before are saved.
struct EntryScreen {
    let collection: CollectionDescription
    let open: OpenReplica
    let options: EntryOptions

    /// Whether a screen can be shown: a terminal that can redraw, and nothing typed after the verb.
    static func isPossible(isJSON: Bool) -> Bool {
        !isJSON && Console.current.canAsk && Console.current.progressColumns != nil
    }

    /// - Throws: `CommandFailure.interrupted` if the person left before anything was saved.
    func run() throws {
        var saved = 0
        let places = try open.allPlaces()
        while try enterOne(places) { saved += 1 }
        guard saved == 0 else { return }
        throw CommandFailure.interrupted()
    }

    /// False if the person left.
    private func enterOne(_ places: PlaceDirectory) throws -> Bool {
        let builder = EntryFormBuilder(collection: collection, open: open, places: places)
        var form = try builder.form()
        var leniency = options.leniency
        guard let terminal = RawTerminal() else { return false }
        defer { terminal.restore() }
        while true {
            let size = terminal.size
            terminal.draw(form.lines(columns: size.columns, rows: size.rows))
            switch form.handle(terminal.key()) {
            case .cancel: return false
            case .none: builder.complete(&form)
            case .submit:
                let entry: CheckedEntry
                do { entry = try check(form, places, leniency) } catch let error as EntryProblems {
                    refuse(error, &form, &leniency)
                    continue
                }
                terminal.restore()
                try save(entry)
                return true
            }
        }
    }

    private func check(
        _ form: FormScreen, _ places: PlaceDirectory, _ leniency: EntryLeniency
    ) throws -> CheckedEntry {
        try open.checker(
            collection, allowsPersonal: options.allowsPersonal, places: places,
            leniency: leniency
        ).newRecord(form.values)
    }

    /// What is only unlikely is kept when Enter is pressed once more.
    private func refuse(
        _ error: EntryProblems, _ form: inout FormScreen, _ leniency: inout EntryLeniency
    ) {
        guard let problem = error.problems.first else { return }
        var text = problem.text(in: .current)
        if problem.isDoubt || problem.isUnknownPlace {
            text = problem.message[.current] + Messages.fieldEntry.enterKeeps.text()
            leniency.insert(problem.isUnknownPlace ? .newPlaces : .asIs)
        }
        form.refuse(text, at: problem.field)
    }

    private func save(_ entry: CheckedEntry) throws {
        let key = RecordKey(collection.name, open.replica.newRecordID())
        let saved = try open.replica.save([Edit(key, .set(entry.fieldsToSave))])[0]
        try SaveEcho(open: open, isJSON: false).added(saved, entry)
    }
}
