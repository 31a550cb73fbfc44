extension Console {
    /// Says something that the person should not miss.
    public func warn(_ text: String, in language: Language = .current) {
        say(styledTalk(Messages.console.warning.label(text, in: language), .yellow))
    }

    /// The text broken into lines that the data's terminal can show.
    public func wrapped(_ text: String) -> String {
        guard let dataColumns else { return text }
        return text.wrapped(toColumns: dataColumns, indentation: 2).joined(separator: "\n")
    }

    /// Writes a table, fitted to the terminal; without one, nothing is cut.
    public func print(_ table: Table) {
        let lines = table.lines(fitting: dataColumns)
        guard let header = lines.first else { return }
        let rows = [styled(header, .bold)] + lines.dropFirst()
        write(rows.joined(separator: "\n") + "\n")
    }

    /// Writes one JSON document: laid out for a person on a terminal, else on one line.
    public func print(_ json: JSONOutput) {
        print(json.text(isPretty: dataColumns != nil))
    }
}
