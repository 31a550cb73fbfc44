public import SyncCore

/// One collection of the outreach log.
public struct CollectionDescription: Sendable, Hashable {
    public let name: String
    public let label: BilingualText
    /// In the order of a form.
    public let fields: [FieldDescription]
    /// The field that places a record in a shift; defaults to now. Nil for points.
    public let eventTimeField: String?
    /// Pairs of times of which the second must not be before the first.
    public let spans: [TimeSpan]
    /// Columns of a table, the most important first; a narrow screen leaves out the last.
    public let listColumns: [String]

    public struct TimeSpan: Sendable, Hashable {
        public let start: String
        public let end: String
        /// Whether somebody is there from start to end: then the end follows within hours.
        public let isStay: Bool

        init(start: String, end: String, isStay: Bool = true) {
            self.start = start
            self.end = end
            self.isStay = isStay
        }
    }

    init(
        _ name: String, _ en: String, _ zh: String, eventTime: String?,
        spans: [TimeSpan] = [], listColumns: [String], fields: [FieldDescription]
    ) {
        self.name = name
        self.label = BilingualText(en: en, zh: zh)
        self.fields = fields
        self.eventTimeField = eventTime
        self.spans = spans
        self.listColumns = listColumns
    }

    /// Nil for a field that this version does not know; such fields are kept and shown as they are.
    public func field(named name: String) -> FieldDescription? {
        fields.first { $0.name == name }
    }

    /// What a new record takes over from an earlier one.
    ///
    /// - Parameter overriding: names of the fields that the person gives; they are left out. A
    ///   grid belongs to its point or place: a new one of those drops the old grid too.
    public func repeated(
        from fields: [String: Value], overriding: Set<String> = []
    ) -> [String: Value] {
        let isElsewhere = !overriding.isDisjoint(with: ["point", "place"])
        return fields.filter { name, value in
            guard let field = field(named: name), field.isRepeatable, value != .null else {
                return false
            }
            return !overriding.contains(name) && !(isElsewhere && name == "grid")
        }
    }

    /// The shift that a record counts for; nil if it has no readable event time.
    public func shift(of fields: [String: Value], in zone: ZoneRules) -> Shift? {
        guard let eventTimeField, let text = fields[eventTimeField]?.text,
            let seconds = RFC3339.utcSeconds(text)
        else { return nil }
        return Shift(containingUTCSeconds: seconds, in: zone)
    }
}

extension CollectionDescription: CustomStringConvertible {
    public var description: String { name }
}
