import SyncCore

/// Finds times that are possible and unlikely: a slip of the finger, most often.
struct EntryDoubts {
    let collection: CollectionDescription
    let zone: ZoneRules
    /// Seconds since 1970.
    let now: Int64

    /// A longer stay at one place is a departure that was given the wrong day.
    static let longestStaySeconds: Int64 = 12 * 3600
    /// Another year's date belongs to this season if it is at most half a year old: at New Year.
    static let seasonDays = 183

    /// - Parameters:
    ///   - fields: the record as it would be.
    ///   - typed: the fields that were given; only these are doubted.
    func problems(in fields: [String: Value], typed: Set<String>) -> [EntryProblem] {
        var problems: [EntryProblem] = []
        for field in collection.fields where field.type == .time && typed.contains(field.name) {
            guard let seconds = seconds(fields[field.name]) else { continue }
            if seconds > now + TimeReader.futureLimitSeconds {
                problems.append(doubt(.inFuture, field, seconds))
            } else if isOfOtherSeason(seconds) {
                problems.append(doubt(.otherYear, field, seconds))
            }
        }
        return problems + longStays(in: fields, typed: typed)
    }

    private func longStays(
        in fields: [String: Value], typed: Set<String>
    ) -> [EntryProblem] {
        collection.spans.compactMap { span in
            guard span.isStay, typed.contains(span.start) || typed.contains(span.end),
                let start = seconds(fields[span.start]), let end = seconds(fields[span.end]),
                end - start > Self.longestStaySeconds, end <= now + TimeReader.futureLimitSeconds,
                let field = collection.field(named: span.end)
            else { return nil }
            return doubt(.longStay, field, end, ["hours": "\((end - start) / 3600)"])
        }
    }

    private func isOfOtherSeason(_ seconds: Int64) -> Bool {
        let today = zone.localTime(atUTCSeconds: now).date
        let date = zone.localTime(atUTCSeconds: seconds).date
        return date.components.year != today.components.year && date < today + -Self.seasonDays
    }

    private func seconds(_ value: Value?) -> Int64? {
        value?.text.flatMap { RFC3339.utcSeconds($0) }
    }

    /// The mend shows the same reading on the last day on which it has happened.
    private func doubt(
        _ kind: EntryProblem.Code.Kind, _ field: FieldDescription, _ seconds: Int64,
        _ facts: [String: String] = [:]
    ) -> EntryProblem {
        let local = zone.localTime(atUTCSeconds: seconds)
        let today = zone.localTime(atUTCSeconds: now)
        let day = today.secondOfDay >= local.secondOfDay ? today.date : today.date + -1
        let example = LocalTime(date: day, secondOfDay: local.secondOfDay)
        return EntryProblem(
            kind, field,
            facts: facts.merging(["understood": "\(local)", "example": "\(example)"]) { $1 })
    }
}
