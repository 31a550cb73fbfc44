import CommandKit
import OutreachSchema
import SyncCore

/// One record, field by field, as it was understood.
struct RecordForm {
    let record: ShownRecord
    let open: OpenReplica

    /// - Parameter names: the fields to show; all of them if nil.
    func form(of names: [String]? = nil) -> Form {
        var form = Form()
        for name in names ?? record.fieldNames {
            form.append(record.label(of: name), text(name))
        }
        return form
    }

    /// With who wrote each field and when.
    func form(with devices: DeviceNames) throws -> Form {
        var form = Form()
        if let shift = record.shift {
            form.append(Messages.fieldRecords.shiftLabel.text(), "\(shift)")
        }
        for name in record.fieldNames {
            form.append(record.label(of: name), text(name) + "   " + (try author(name, devices)))
        }
        if record.state.isDeleted {
            form.append(
                Messages.fieldRecords.isDeleted.text(), try author(FieldName.deleted, devices))
        }
        return form
    }

    private func author(_ name: String, _ devices: DeviceNames) throws -> String {
        guard let stamp = record.state[name]?.stamp else { return "" }
        let text = Messages.fieldRecords.writtenBy.text([
            "time": open.localTime(stamp.time), "device": try devices.name(of: stamp.device),
        ])
        return "[\(text)]"
    }

    private func text(_ name: String) -> String {
        let field = record.collection?.field(named: name)
        let text = open.presenter.text(of: record.values[name] ?? .null, for: field)
        guard !text.isEmpty else { return Messages.fieldWhy.nothing.text() }
        guard field?.type == .time else { return text }
        return "\(text) (\(open.zone.name))"
    }
}
