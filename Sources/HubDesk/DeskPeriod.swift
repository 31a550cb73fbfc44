import OutreachSchema

/// A run of shifts that somebody asked for by the query's `from` and `to`; either end may be open.
struct DeskPeriod {
    let from: Shift?
    let through: Shift?

    /// Dates of a log.
    private static let years = 1970...2100

    /// - Parameter fallback: what holds where the query names neither end.
    /// - Throws: `DeskFault.refused` for what is no date, and for an end before the beginning.
    init(_ query: DeskForm, fallback: Shift?, language: DeskLanguage) throws {
        guard query["from"] != nil || query["to"] != nil else {
            (from, through) = (fallback, fallback)
            return
        }
        from = try Self.shift(query["from"], language)
        through = try Self.shift(query["to"], language)
        if let from, let through, through < from {
            throw DeskFault.refused(DeskWords.texts(language)["bad_period"] ?? "")
        }
    }

    private static func shift(_ text: String?, _ language: DeskLanguage) throws -> Shift? {
        let text = TextFolding.trimmed(text ?? "")
        guard !text.isEmpty else { return nil }
        guard let shift = Shift(text), years.contains(shift.date.components.year) else {
            let words = DeskWords.texts(language)["bad_date"] ?? ""
            throw DeskFault.refused(words.replacing("{text}", with: String(text.prefix(40))))
        }
        return shift
    }

    /// As a query, to be asked again.
    var query: String {
        "from=\(from.map { "\($0)" } ?? "")&to=\(through.map { "\($0)" } ?? "")"
    }

    /// A part of a file's name, in ASCII: empty, `-2021-01-05` or `-2021-01-05_2021-01-11`; an
    /// open end is `start` or `end`.
    var fileMark: String {
        switch (from, through) {
        case (nil, nil): ""
        case (let from?, let through?) where from == through: "-\(from)"
        default: "-\(from.map { "\($0)" } ?? "start")_\(through.map { "\($0)" } ?? "end")"
        }
    }
}
