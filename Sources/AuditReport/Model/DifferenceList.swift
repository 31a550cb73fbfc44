public import OutreachSchema

/// What differs between the two inputs.
public struct DifferenceList: Sendable {
    public var causes: [Cause]
    public var records: CappedList<Record>
    /// Records that both have and that are the same.
    public var same: Int?

    public struct Cause: Sendable {
        /// Names the cause for programs; never translated.
        public var code: String
        public var title: BilingualText
        /// What the cause means, and what to do.
        public var note: BilingualText
        public var count: Int

        public init(code: String, title: BilingualText, note: BilingualText, count: Int) {
            self.code = code
            self.title = title
            self.note = note
            self.count = count
        }
    }

    public struct Record: Sendable {
        public enum Side: Sendable {
            case onlyA, onlyB, both
        }
        public var collection: BilingualText
        public var id: String
        public var side: Side
        public var cause: BilingualText
        public var fields: [Field]
        /// Fields that are left out here.
        public var fieldsLeftOut: Int

        public init(
            collection: BilingualText, id: String, side: Side, cause: BilingualText,
            fields: [Field], fieldsLeftOut: Int = 0
        ) {
            self.collection = collection
            self.id = id
            self.side = side
            self.cause = cause
            self.fields = fields
            self.fieldsLeftOut = fieldsLeftOut
        }
    }

    public struct Field: Sendable {
        public var name: BilingualText
        /// What each side shows; nil where it has no such field.
        public var a: String?
        public var b: String?
        /// Device and time of each side's value, in words for a person.
        public var aWritten: String?
        public var bWritten: String?

        public init(
            name: BilingualText, a: String?, b: String?, aWritten: String? = nil,
            bWritten: String? = nil
        ) {
            self.name = name
            self.a = a
            self.b = b
            self.aWritten = aWritten
            self.bWritten = bWritten
        }
    }

    public init(causes: [Cause], records: CappedList<Record>, same: Int? = nil) {
        self.causes = causes
        self.records = records
        self.same = same
    }
}
