/// A question on the terminal, answered with a line. Ask only where `Console.canAsk`.
public struct Question: Sendable {
    private let console: Console

    /// Wrong answers after which a question counts as not answered.
    private static let attemptLimit = 5

    public init(console: Console = .current) {
        self.console = console
    }

    /// Yes or no; Enter alone, the end of input and too many wrong answers are no.
    public func confirms(_ text: String) -> Bool {
        for _ in 0..<Self.attemptLimit {
            console.sayOpen(Messages.console.yesNo.text(["question": text]) + " ")
            guard let answer = readLine()?.lowercased().filter({ $0 != " " }) else { return false }
            if ["y", "yes", "是", "好", "对", "ｙ"].contains(answer) { return true }
            if ["", "n", "no", "否", "不"].contains(answer) { return false }
        }
        return false
    }

    /// One of the options, by its number.
    ///
    /// - Returns: nil for Enter alone, the end of input and too many wrong answers.
    public func choice(_ text: String, of options: [String]) -> Int? {
        console.say(text)
        for (index, option) in options.enumerated() {
            console.say("  \(index + 1)  \(option.sanitised())")
        }
        for _ in 0..<Self.attemptLimit {
            console.sayOpen(Messages.console.numberPlease.text(["n": options.count]) + " ")
            guard let line = readLine() else { return nil }
            let answer = line.compactMap(\.wholeNumberValue)
            if line.allSatisfy({ $0 == " " }) { return nil }
            let number = answer.reduce(0) { min($0 * 10 + $1, 10_000) }
            if answer.count == line.filter({ $0 != " " }).count, (1...options.count) ~= number {
                return number - 1
            }
        }
        return nil
    }
}
