/// What is piped into a command.
enum StandardInput {
    /// Mail programs fold an invite into a few lines; a file given by mistake is not read on.
    private static let lineLimit = 50

    /// The lines joined, up to the first empty one after some text.
    static func firstText() -> String {
        var text = ""
        for _ in 0..<lineLimit {
            guard let line = readLine(strippingNewline: true) else { break }
            if line.trimmingSpaces.isEmpty && !text.isEmpty { break }
            text += line
        }
        return text
    }
}
