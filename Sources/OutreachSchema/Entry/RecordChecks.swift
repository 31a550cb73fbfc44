import SyncCore

/// Checks that concern the fields of a record together, or need its collection.
struct RecordChecks {
    let collection: CollectionDescription

    /// Required fields that are absent or null.
    func missing(in fields: [String: Value]) -> [EntryProblem] {
        collection.fields
            .filter { $0.isRequired && (fields[$0.name] ?? .null) == .null }
            .map { EntryProblem(.required, $0) }
    }

    /// Spans that end before they begin. Times that cannot be read are let pass.
    func wrongOrder(in fields: [String: Value]) -> [EntryProblem] {
        collection.spans.compactMap { span in
            guard let start = seconds(fields[span.start]), let end = seconds(fields[span.end]),
                end < start, let startField = collection.field(named: span.start),
                let endField = collection.field(named: span.end)
            else { return nil }
            let label = startField.label
            return EntryProblem(
                .wrongOrder, endField, facts: ["start_en": label.en, "start_zh": label.zh])
        }
    }

    private func seconds(_ value: Value?) -> Int64? {
        value?.text.flatMap { RFC3339.utcSeconds($0) }
    }

    /// Fields that seem to hold personal data: one problem each, in the order of the schema.
    func personal(in fields: [String: Value]) -> [EntryProblem] {
        collection.fields.compactMap { field in
            guard field.type != .time, let text = fields[field.name]?.text else { return nil }
            let kinds = PersonalData.kinds(in: text)
            guard !kinds.isEmpty else { return nil }
            let names = kinds.map(\.rawValue).sorted().joined(separator: ",")
            return EntryProblem(.personal, field, facts: ["kind": names])
        }
    }
}
