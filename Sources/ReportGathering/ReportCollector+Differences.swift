import AuditReport
import CommandKit
import OutreachSchema
import SyncAudit
import SyncCore
import SyncStore

extension ReportCollector {
    /// Records of a comparison that are shown, and fields of each.
    private static let recordLimit = 300
    private static let fieldLimit = 12

    private var words: AuditScopeMessages { Messages.auditScope }

    /// Nil where there is one input, or the comparison could not be completed.
    ///
    /// - Throws: `StoreError`.
    mutating func compare() async throws -> DifferenceList? {
        guard inputs.count > 1 else { return nil }
        let result: DiffResult
        do {
            result = try await ReplicaDiff.run(
                .file(inputs[0].file), .file(inputs[1].file),
                scope: DiffScope(recordLimit: Self.recordLimit), environment: .system)
        } catch let error where error is DiffFault || error is StoreError {
            noteGap(0, words.partComparison)
            return nil
        }
        checks.append(
            .init(
                result.isIdentical ? .passed : .failed, words.comparison.inBothLanguages()))
        for part in DiffResult.NotChecked.allCases where result.notChecked.contains(part) {
            checks.append(.init(.notDone, inBothLanguages { DiffCauseWords.text(part) }))
        }
        return list(result)
    }

    private func list(_ result: DiffResult) -> DifferenceList {
        let causes = DifferenceCause.allCases.sorted(by: >).map { cause in
            DifferenceList.Cause(
                code: cause.rawValue, title: inBothLanguages { DiffCauseWords.text(cause) },
                note: inBothLanguages { DiffCauseWords.todo(cause) },
                count: result.counts.reduce(0) { $0 + ($1.key.cause == cause ? $1.value : 0) })
        }
        var records = CappedList<DifferenceList.Record>(limit: Self.recordLimit)
        for difference in result.records { records.append(record(difference)) }
        records.skip(result.omitted)
        return DifferenceList(causes: causes, records: records)
    }

    private func record(_ difference: RecordDifference) -> DifferenceList.Record {
        let space = inputs[0].space
        let collection = difference.key.collection
        let faults = [("A", difference.a), ("B", difference.b)].compactMap { side, found in
            found?.fault.map { fault in
                let name = inBothLanguages { DiffCauseWords.text(fault) }
                let text = String(decoding: found?.rawFields.prefix(400) ?? [], as: UTF8.self)
                return DifferenceList.Field(
                    name: name, a: side == "A" ? text : nil, b: side == "B" ? text : nil)
            }
        }
        let fields =
            faults + difference.fields.prefix(Self.fieldLimit).map { field($0, collection) }
        return DifferenceList.Record(
            collection: space.title(of: collection), id: difference.key.id,
            side: difference.side == .a ? .onlyA : difference.side == .b ? .onlyB : .both,
            cause: inBothLanguages { DiffCauseWords.text(difference.cause) }, fields: fields,
            fieldsLeftOut: max(difference.fields.count - Self.fieldLimit, 0))
    }

    private func field(_ field: FieldDifference, _ collection: String) -> DifferenceList.Field {
        func value(_ register: Register?, _ space: AuditedSpace) -> String? {
            register.map { space.text($0.value, field.name, in: collection) }
        }
        func written(_ register: Register?, _ space: AuditedSpace) -> String? {
            register.map { register in
                "\(space.device(register.stamp.device)), \(space.localTime(register.stamp.time)), "
                    + register.stamp.time.hex
            }
        }
        let (a, b) = (inputs[0].space, inputs[1].space)
        return DifferenceList.Field(
            name: a.title(of: field.name, in: collection), a: value(field.a, a),
            b: value(field.b, b), aWritten: written(field.a, a), bWritten: written(field.b, b))
    }
}
