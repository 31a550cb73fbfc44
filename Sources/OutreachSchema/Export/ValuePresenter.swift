public import SyncCore

/// Shows stored values to people: labels for keys, local time for instants.
///
/// What does not fit its type, and fields that this version does not know, are shown as they are.
public struct ValuePresenter: Sendable {
    public let language: LabelLanguage
    public let zone: ZoneRules

    public init(language: LabelLanguage, zone: ZoneRules) {
        self.language = language
        self.zone = zone
    }

    /// One line or more for a table or form. Times are `2021-01-05 21:40`. Empty for null.
    public func text(of value: Value, for field: FieldDescription?) -> String {
        switch (field?.type, value) {
        case (.time, .text(let text)):
            RFC3339.utcSeconds(text).map { "\(zone.localTime(atUTCSeconds: $0))" } ?? text
        default: plainText(of: value, for: field)
        }
    }

    /// One cell of an export. Times are RFC 3339 with the zone's offset; importing the file gives
    /// the same values.
    public func cell(of value: Value, for field: FieldDescription?) -> CSVWriter.Cell {
        switch (field?.type, value) {
        case (.time, .text(let text)):
            if let seconds = RFC3339.utcSeconds(text) {
                .literal(zone.text(utcSeconds: seconds))
            } else {
                .text(text)
            }
        case (_, .number), (_, .null): .literal(plainText(of: value, for: field))
        default: .text(plainText(of: value, for: field))
        }
    }

    /// The days since 1899-12-30 on the space's clock, for a cell that is a date.
    ///
    /// - Returns: nil for what is no time, or none that a spreadsheet has.
    public func serialDate(of value: Value, for field: FieldDescription?) -> Double? {
        guard field?.type == .time, let seconds = value.text.flatMap({ RFC3339.utcSeconds($0) })
        else { return nil }
        let serial = SerialDate.serial(zone.localTime(atUTCSeconds: seconds))
        return SerialDate.range.contains(serial) ? serial : nil
    }

    private func plainText(of value: Value, for field: FieldDescription?) -> String {
        switch value {
        case .null: return ""
        case .bool(let flag):
            return language == .chinese ? (flag ? "是" : "否") : (flag ? "yes" : "no")
        case .number:
            var out: [UInt8] = []
            CanonicalJSON.append(value, to: &out)
            return String(decoding: out, as: UTF8.self)
        case .text(let text):
            guard case .enumeration(let vocabulary) = field?.type else { return text }
            return vocabulary.label(of: text)?[language] ?? text
        }
    }
}

extension CollectionDescription {
    /// The title of the column that says which record a row is: it comes first.
    public static var idTitle: BilingualText { ImportHeader.idTitle }
    /// The title of the column that says how new a row is: it comes last.
    public static var stampTitle: BilingualText { ImportHeader.stampTitle }

    /// The header row of an export, without the columns of id and stamp.
    public func exportHeader(in language: LabelLanguage) -> [CSVWriter.Cell] {
        fields.map { .text($0.label[language]) }
    }

    /// One record's row of an export, in the columns of `exportHeader`.
    public func exportRow(
        _ fields: [String: Value], with presenter: ValuePresenter
    ) -> [CSVWriter.Cell] {
        self.fields.map { presenter.cell(of: fields[$0.name] ?? .null, for: $0) }
    }
}
