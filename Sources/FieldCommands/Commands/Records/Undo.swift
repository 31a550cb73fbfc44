import ArgumentParser
import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// `undo`: takes back what this device did, by writing the inverse.
struct Undo: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "undo", abstract: Messages.fieldHelp.undo.text())
    }

    @Argument(
        help: ArgumentHelp(Messages.fieldHelp.undoID.text(), valueName: "row|id|last"),
        completion: Completions.ids)
    var id: String?

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp(Messages.fieldHelp.undoImport.text(), valueName: "file"))
    var file: String?

    @Flag(name: .customLong("redo"), help: ArgumentHelp(Messages.fieldHelp.undoRedo.text()))
    var isRedo = false

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.fieldHelp.undoDryRun.text()))
    var isDryRun = false

    @Flag(
        name: [.customLong("force"), .customShort("f")],
        help: ArgumentHelp(Messages.fieldHelp.undoForce.text()))
    var isForced = false

    @OptionGroup var options: ReplicaOptions

    func validate() throws {
        guard [id != nil, file != nil, isRedo].count(where: { $0 }) <= 1 else {
            throw ValidationError(Messages.fieldUndo.oneTarget.text())
        }
    }

    func run() async throws {
        let open = try options.open()
        let target = try UndoTarget.find(open, id: id, file: file, isRedo: isRedo)
        let plan = try open.replica.undoPlan(target.range)
        let page = UndoPage(
            plan: plan, file: target.file, open: open, isJSON: options.isJSON, isDryRun: isDryRun)
        try page.checkValues()
        if !isDryRun {
            if !isForced { try page.askAboutOthers() }
            try open.replica.undo(plan)
        }
        try page.show(isRedo: isRedo)
    }
}

/// Which changes an undo is about.
struct UndoTarget {
    let range: ClosedRange<StampTime>
    /// The file of an import.
    let file: String?

    static func find(
        _ open: OpenReplica, id: String?, file: String?, isRedo: Bool
    ) throws -> UndoTarget {
        if isRedo {
            guard let range = try open.replica.lastUndo() else { throw nothing }
            return UndoTarget(range: range, file: nil)
        }
        let change = try change(open, id: id, file: file)
        if change.key.collection == ImportRecord.collection,
            let stamps = ImportRecord.stamps(of: change.change)
        {
            let name = change.change.text("file")
            return UndoTarget(range: stamps.lowerBound...change.stamp, file: name)
        }
        return UndoTarget(range: change.stamp...change.stamp, file: nil)
    }

    private static func change(
        _ open: OpenReplica, id: String?, file: String?
    ) throws -> OwnChange {
        let found: OwnChange?
        if let file {
            let name = file.split(separator: "/").last.map(String.init) ?? file
            found = try open.replica.newestOwnChange { change in
                change.key.collection == ImportRecord.collection
                    && change.change.text("file") == name
            }
        } else if let id, id != RecordSearch.last {
            let key = try RecordSearch(open: open).key(anywhere: id)
            found = try open.replica.newestOwnChange { $0.key == key }
        } else {
            found = try open.replica.newestOwnChange { _ in true }
        }
        guard let found else { throw nothing }
        return found
    }

    private static var nothing: CommandFailure {
        CommandFailure(
            "nothing_to_undo", Messages.fieldUndo.nothing.text(),
            mend: Messages.fieldUndo.nothingMend.text())
    }
}

extension Change {
    /// The text that it sets a field to.
    fileprivate func text(_ name: String) -> String? {
        set.first { $0.name == name }?.value.value.text
    }
}

extension ImportRecord {
    /// The claimed stamps of the first and last record of an import; nil for another change.
    static func stamps(of change: Change) -> ClosedRange<StampTime>? {
        guard let first = change.text("first_stamp").flatMap({ StampTime(hex: $0) }),
            let last = change.text("last_stamp").flatMap({ StampTime(hex: $0) }), first <= last
        else { return nil }
        return first...last
    }
}
