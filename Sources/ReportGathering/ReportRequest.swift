import CommandKit

/// What `sync-audit report` was asked for, so that the report can say how to make it again.
package struct ReportRequest {
    package var name: String
    package var other: String?
    package var against: [String]
    package var since: [String]
    package var hubKey: String?

    /// Where the first input is read: a copy of it that nobody writes. Nil: where it is.
    package var copy: String?

    package init(
        name: String, other: String? = nil, against: [String] = [], since: [String] = [],
        hubKey: String? = nil
    ) {
        self.name = name
        self.other = other
        self.against = against
        self.since = since
        self.hubKey = hubKey
    }

    /// The paths of what is reported on, as they are read.
    var readInputs: [String] { [copy ?? name] + (other.map { [$0] } ?? []) }

    /// The file that the command in the report names: the real one's name would make two reports
    /// of the same inputs differ.
    private static let file = "report.html"

    package var inputs: [String] { [name] + (other.map { [$0] } ?? []) }
    /// Everything that is read, and so must not be written.
    package var allInputs: [String] { inputs + against + since }

    var command: String {
        var words = ["sync-audit", "report", name]
        if let other { words += ["--diff", other] }
        words += against.flatMap { ["--against", $0] } + since.flatMap { ["--since", $0] }
        if let hubKey { words += ["--hub-key", hubKey] }
        words += ["--html", Self.file, "--lang", Language.current.rawValue]
        return words.map(Self.quoted).joined(separator: " ")
    }

    /// As a POSIX shell reads it.
    private static func quoted(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_./:@%+=,".unicodeScalars.contains(scalar))
        }
        if plain, !word.isEmpty { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
