public import OutreachSchema

/// One thing that was checked, or that was left out.
public struct ReportCheck: Sendable {
    public enum State: Sendable {
        case passed, failed, notDone
    }
    public var state: State
    public var text: BilingualText
    /// Of what was not done: what might be hidden there, and how to look.
    public var why: BilingualText?

    public init(_ state: State, _ text: BilingualText, why: BilingualText? = nil) {
        self.state = state
        self.text = text
        self.why = why
    }
}

/// One problem, with its evidence and what to do about it.
public struct ReportFinding: Sendable {
    /// Names the kind for programs; never translated.
    public var code: String
    public var title: BilingualText
    /// Where it is: a position, a record, a device.
    public var place: BilingualText
    public var evidence: BilingualText
    public var mend: BilingualText

    public init(
        code: String, title: BilingualText, place: BilingualText, evidence: BilingualText,
        mend: BilingualText
    ) {
        self.code = code
        self.title = title
        self.place = place
        self.evidence = evidence
        self.mend = mend
    }
}
