/// Breaks the lines of a help screen by columns of the terminal.
///
/// The argument parser counts characters and breaks only at spaces, which leaves Chinese
/// sentences unbroken and twice as wide as it thinks.
struct HelpLayout {
    let columns: Int

    /// Where the explanation of an option begins: the parser's own constant.
    static let explanationColumn = 26

    func laidOut(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { $0.wrapped(toColumns: columns, indentation: indentation(of: $0)) }
            .joined(separator: "\n")
    }

    private func indentation(of line: Substring) -> Int {
        let usage = Messages.arguments.usageHeading.zh
        if line.hasPrefix(usage) { return usage.displayWidth }
        let own = line.prefix { $0 == " " }.count
        guard own == 2, line.count > Self.explanationColumn else { return own }
        let start = line.index(line.startIndex, offsetBy: Self.explanationColumn)
        let hasLabel = line[start] != " " && line[line.index(before: start)] == " "
        return hasLabel ? Self.explanationColumn : own
    }
}
