extension Console {
    /// Says something that the person should not miss.
    public func warn(_ text: String, in language: Language = .current) {
        say(styledTalk(Messages.console.warning.label(text, in: language), .yellow))
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
