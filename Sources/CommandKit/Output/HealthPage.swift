/// What a check of a program's own state says: at the hub and on a device alike.
public struct HealthLine: Sendable {
    public enum Level: String, Sendable {
        case ok, warn, bad
    }

    public let id: String
    public let level: Level
    public let text: String
    /// Nil where nothing has to be done.
    public let mend: String?
    public let facts: [JSONOutput.Member]

    public init(
        _ id: String, _ level: Level, _ text: String, mend: String? = nil,
        facts: [JSONOutput.Member] = []
    ) {
        self.id = id
        self.level = level
        self.text = text
        self.mend = level == .ok ? nil : mend
        self.facts = facts
    }
}

/// The lines of one look-over.
public struct HealthPage: Sendable {
    private let lines: [HealthLine]

    public init(_ lines: [HealthLine]) {
        self.lines = lines
    }

    public var isOK: Bool { !lines.contains { $0.level == .bad } }

    /// `{"ok":…,"checks":[{"id","level","text","mend","facts"},…]}`
    public var json: JSONOutput {
        let checks = lines.map { line -> JSONOutput in
            [
                "id": .string(line.id), "level": .string(line.level.rawValue),
                "text": .string(line.text), "mend": JSONOutput(line.mend),
                "facts": .object(line.facts),
            ]
        }
        return ["ok": .bool(isOK), "checks": .array(checks)]
    }

    public func print(on console: Console) {
        let words = Messages.health
        for line in lines {
            let mark: Message =
                switch line.level {
                case .ok: words.markOK
                case .warn: words.markWarn
                case .bad: words.markBad
                }
            console.print("\(mark.text())  \(line.text)")
            if let mend = line.mend { console.print("      \(mend)") }
        }
        let count = lines.count { $0.level == .bad }
        console.say(count == 0 ? words.allWell.text() : words.needsHand.text(["n": count]))
    }
}
