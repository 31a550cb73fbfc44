internal import ArgumentParser

/// A length of time as the value of an option.
///
///     @Option(transform: DurationArgument.init(parsing:)) var expires: DurationArgument
public struct DurationArgument: Sendable, Hashable {
    public let seconds: Int

    public init(seconds: Int) {
        self.seconds = seconds
    }

    /// - Throws: `ValidationError` with examples of what is understood.
    public init(parsing text: String) throws {
        guard let seconds = DurationParser.seconds(from: text) else {
            throw ValidationError(
                Messages.console.durationExamples.text(["days": DurationParser.maximumDays]))
        }
        self.seconds = seconds
    }
}

extension DurationArgument: CustomStringConvertible {
    /// In the largest unit that divides it, so that a default reads `24h` and not `86400`.
    public var description: String {
        for (unit, length) in [("d", 86400), ("h", 3600), ("m", 60)]
        where seconds.isMultiple(of: length) {
            return unit == "d" && seconds == length ? "24h" : "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}
