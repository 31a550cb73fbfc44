import CommandKit

extension Console {
    /// Writes lines as data, each broken to the terminal's width under its own indentation.
    func print(paragraphs lines: [String]) {
        let wrapped = lines.flatMap { line -> [String] in
            guard let dataColumns else { return [line] }
            let indentation = line.prefix { $0 == " " }.count
            return line.wrapped(toColumns: dataColumns, indentation: indentation)
        }
        guard !wrapped.isEmpty else { return }
        write(wrapped.joined(separator: "\n") + "\n")
    }
}
