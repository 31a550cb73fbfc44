/// What must not stand in free text, since devices get lost.
public enum PersonalData: String, Sendable, CaseIterable {
    /// A mainland citizen id: 18 digits, or 17 and X, with a valid check digit (GB 11643).
    case citizenID = "citizen_id"
    /// A mainland mobile number: 11 digits from 13 to 19, with or without 86 before it.
    case mobileNumber = "mobile_number"

    /// The kinds found in a text; empty for nearly every text.
    ///
    /// Full-width digits count as digits; space, hyphen and full stop between groups of digits
    /// are looked through. A number that touches a Latin letter is a code, not a number of either
    /// kind.
    public static func kinds(in text: String) -> Set<PersonalData> {
        guard mayHold(text) else { return [] }
        var found: Set<PersonalData> = []
        for run in DigitRun.runs(in: text) { found.formUnion(run.personalData) }
        return found
    }

    /// Whether there are as many digits as the shortest of them has: settles most texts cheaply.
    private static func mayHold(_ text: String) -> Bool {
        var count = 0
        var previous: UInt8 = 0
        for byte in text.utf8 {
            let isDigit = (0x30...0x39).contains(byte)
            let isWide = previous == 0xBC && (0x90...0x99).contains(byte)
            if isDigit || isWide { count += 1 }
            previous = byte
        }
        return count >= 11
    }
}

/// Whether a text with personal data is taken.
public enum PersonalDataPolicy: Sendable {
    /// It is a problem of the field.
    case refuse
    /// The person said so; the fields concerned are named in the result, to be recorded.
    case allow
}
