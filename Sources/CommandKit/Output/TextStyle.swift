/// How a word stands out on a terminal. Never the only carrier of a meaning.
public enum TextStyle: Sendable, Hashable, CaseIterable {
    case bold, dim, red, green, yellow

    /// The parameter of the control sequence SGR (ECMA-48 §8.3.117).
    private var parameter: Int {
        switch self {
        case .bold: 1
        case .dim: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        }
    }

    func applied(to text: String) -> String {
        text.isEmpty ? text : "\u{1B}[\(parameter)m\(text)\u{1B}[0m"
    }

    /// Whether styles may be written: a terminal that knows them, whose user has not set
    /// `NO_COLOR` (https://no-color.org: present and not empty).
    static func isAllowed(isTerminal: Bool, environment: ProcessEnvironment) -> Bool {
        guard isTerminal, environment["NO_COLOR"]?.isEmpty ?? true else { return false }
        let kind = environment["TERM"] ?? ""
        return !kind.isEmpty && kind != "dumb"
    }
}
