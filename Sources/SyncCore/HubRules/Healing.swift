/// What a batch has to do with a copy of its device's file or with a hub that was put back.
///
/// Source: Protocol/README.md §6.5 to §6.8, §10, §11.
public struct Healing: Sendable {
    /// Work first signed under another key.
    public struct Formerly: Sendable, Equatable {
        public let device: DeviceID
        /// The last batch of that device that the writer knows to be its own too; 0 if none.
        public let number: Int64

        public init(device: DeviceID, number: Int64) {
            self.device = device
            self.number = number
        }
    }

    /// The verdict of a history that was lost.
    public struct Earlier: Sendable {
        public let verdict: Verdict
        /// The largest size known to belong to both histories.
        public let common: Int64

        public init(verdict: Verdict, common: Int64) {
            self.verdict = verdict
            self.common = common
        }
    }

    /// Others' work, handed back.
    public struct Adoption: Sendable {
        /// The time of the lost head, in milliseconds since 1970.
        public let lostTime: Int64
        public let common: Int64
        /// The hub holds the head that was said to be lost.
        public let isHeld: Bool

        public init(lostTime: Int64, common: Int64, isHeld: Bool) {
            self.lostTime = lostTime
            self.common = common
            self.isHeld = isHeld
        }
    }

    /// `HubRules.plain` or `HubRules.healing`.
    public var rules: Int
    public var formerly: Formerly?
    /// Whether work first signed by the batch's device came under another key.
    public var hasHeirs: Bool
    public var earlier: Earlier?
    public var adoption: Adoption?
    /// The size at which the first epoch with a parent began; nil while there is none.
    public var firstBreak: Int64?

    public init(
        rules: Int, formerly: Formerly? = nil, hasHeirs: Bool = false, earlier: Earlier? = nil,
        adoption: Adoption? = nil, firstBreak: Int64? = nil
    ) {
        self.rules = rules
        self.formerly = formerly
        self.hasHeirs = hasHeirs
        self.earlier = earlier
        self.adoption = adoption
        self.firstBreak = firstBreak
    }

    /// A journal in which nothing ever broke.
    public static let none = Healing(rules: HubRules.plain)

    /// Whether a change can be one that the journal holds already.
    var mayRepeat: Bool { formerly != nil || hasHeirs }
}
