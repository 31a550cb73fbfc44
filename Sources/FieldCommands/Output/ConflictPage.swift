import CommandKit
import OutreachSchema
import SyncCore
import SyncReplica

/// One conflict with the names and labels that people know.
struct ConflictPage {
    let view: ConflictView
    private let open: OpenReplica
    private let collection: CollectionDescription?
    private let keptBy: String
    private let lostBy: String
    private let registeredNames: (kept: String?, lost: String?)

    var isResolved: Bool { view.isSettled }

    init(_ view: ConflictView, _ open: OpenReplica, _ devices: DeviceNames) throws {
        self.view = view
        self.open = open
        collection = Schema.outreach.collection(named: view.conflict.record.collection)
        keptBy = try devices.name(of: view.conflict.kept.stamp.device)
        lostBy = try devices.name(of: view.conflict.lost.stamp.device)
        registeredNames = (
            try devices.registeredName(of: view.conflict.kept.stamp.device),
            try devices.registeredName(of: view.conflict.lost.stamp.device)
        )
    }

    static func pages(_ open: OpenReplica) throws -> [ConflictPage] {
        let devices = try DeviceNames(open)
        return try open.replica.conflicts().map { try ConflictPage($0, open, devices) }
    }

    /// The value that stands, in words: a deletion has none of its own.
    var keptText: String {
        view.conflict.keptField == FieldName.deleted
            ? Messages.fieldWhy.wasDeleted.text() : text(view.conflict.kept)
    }

    private var lostText: String { text(view.conflict.lost) }

    var fieldLabel: String {
        guard view.conflict.field != FieldName.deleted else {
            return Messages.fieldWhy.deletion.text()
        }
        return collection?.field(named: view.conflict.field)?.label[.current]
            ?? view.conflict.field
    }

    func text(_ register: Register) -> String {
        let value = register.value.value
        guard value != .null else { return Messages.fieldWhy.nothing.text() }
        if view.conflict.field == FieldName.deleted, value == .bool(true) {
            return Messages.fieldWhy.wasDeleted.text()
        }
        return open.presenter.text(of: value, for: collection?.field(named: view.conflict.field))
    }

    private var stateText: String {
        let words = Messages.fieldWhy
        if view.conflict.isResolved { return words.resolved.text() }
        return (view.isResolvedHere ? words.resolvedHere : words.open).text()
    }

    private var recordText: String {
        let record = view.conflict.record
        return "\(collection?.label[.current] ?? record.collection) \(record.id.hex.prefix(12))"
    }
}

extension ConflictPage {
    static func table(
        of pages: [ConflictPage], showsState: Bool, isNumbered: Bool
    ) -> Table {
        let words = Messages.fieldWhy
        var columns: [TableColumn] = [
            .fixed(Messages.fieldRecords.idHeader.text()), .text(words.recordHeader.text()),
            .text(words.fieldHeader.text()), .text(words.keptHeader.text()),
            .text(words.lostHeader.text()),
        ]
        if showsState { columns.append(.text(words.stateHeader.text())) }
        if isNumbered {
            columns.insert(.number(Messages.fieldRecords.rowHeader.text()), at: 0)
        }
        var table = Table(columns)
        let digits = ShortID.digits(telling: pages.map(\.view.id))
        for (row, page) in pages.enumerated() {
            let number = isNumbered ? ["\(row + 1)"] : []
            let cells =
                number + [
                    String(page.view.id.hex.prefix(digits)), page.recordText, page.fieldLabel,
                    page.signed(page.keptText, by: page.keptBy),
                    page.signed(page.lostText, by: page.lostBy),
                ]
            table.append(showsState ? cells + [page.stateText] : cells)
        }
        return table
    }

    private func signed(_ value: String, by device: String) -> String {
        Messages.fieldWhy.valueBy.text(["value": value, "device": device])
    }

    var form: Form {
        let words = Messages.fieldWhy
        var form = Form()
        form.append(Messages.fieldRecords.idHeader.text(), view.id.hex)
        form.append(words.recordHeader.text(), recordText)
        form.append(words.fieldHeader.text(), fieldLabel)
        form.append(
            words.keptHeader.text(),
            "\(keptText)   [\(author(view.conflict.kept, keptBy))]")
        form.append(
            words.lostHeader.text(),
            "\(lostText)   [\(author(view.conflict.lost, lostBy))]")
        form.append(words.stateHeader.text(), stateText)
        return form
    }

    private func author(_ register: Register, _ device: String) -> String {
        Messages.fieldRecords.writtenBy.text([
            "time": open.localTime(register.stamp.time), "device": device,
        ])
    }

    var json: JSONOutput {
        let conflict = view.conflict
        return [
            "id": .string(view.id.hex), "collection": .string(conflict.record.collection),
            "record": .string(conflict.record.id.hex), "field": .string(conflict.field),
            "kept_field": JSONOutput(conflict.keptField),
            "kept": json(conflict.kept, registeredNames.kept),
            "lost": json(conflict.lost, registeredNames.lost),
            "resolved": .bool(isResolved), "resolved_on_hub": .bool(conflict.isResolved),
        ]
    }

    private func json(_ register: Register, _ name: String?) -> JSONOutput {
        [
            "value": JSONOutput(register.value.value), "stamp": .string(register.stamp.text),
            "device": .string(register.stamp.device.hex), "name": JSONOutput(name),
        ]
    }
}
