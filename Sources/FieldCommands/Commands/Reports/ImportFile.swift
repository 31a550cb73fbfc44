import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica

/// `CellOptions.DateOrder` as an argument.
enum DateOrderArgument: String, ExpressibleByArgument, CaseIterable {
    case dmy, mdy, ymd

    var order: CellOptions.DateOrder {
        switch self {
        case .dmy: .dmy
        case .mdy: .mdy
        case .ymd: .ymd
        }
    }
}

/// `import`: takes over the rows of a table. Doing it twice adds nothing.
struct ImportFile: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import", abstract: Messages.fieldDesk.importAbstract.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldDesk.file.text(), valueName: "file"))
    var file: String

    @Option(
        name: .customLong("into"),
        help: ArgumentHelp(Messages.fieldHelp.importInto.text(), valueName: "collection"))
    var collection: String

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(Messages.fieldDesk.dryRun.text()))
    var isDryRun = false

    @Option(help: ArgumentHelp(Messages.fieldDesk.map.text(), valueName: "column=field"))
    var map: [String] = []

    @Option(help: ArgumentHelp(Messages.fieldDesk.dates.text(), valueName: "dmy|mdy|ymd"))
    var dates: DateOrderArgument?

    @Option(help: ArgumentHelp(Messages.fieldDesk.epoch.text(), valueName: "1900|1904"))
    var epoch: Int = 1900

    @Option(help: ArgumentHelp(Messages.fieldDesk.encoding.text(), valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp(Messages.fieldDesk.format.text(), valueName: "form"))
    var format: FileFormat?

    @Option(help: ArgumentHelp(Messages.fieldHelp.importRejects.text(), valueName: "file"))
    var rejects: String?

    @Flag(
        name: .customLong("allow-personal"),
        help: ArgumentHelp(Messages.fieldHelp.allowPersonal.text()))
    var allowsPersonal = false

    @OptionGroup var options: ReplicaOptions

    func validate() throws {
        guard epoch == 1900 || epoch == 1904 else {
            throw ValidationError(Messages.fieldDesk.epoch.text())
        }
    }

    func run() async throws {
        let open = try options.open()
        let target = try self.target(open)
        let table = try TableFile(path: file, format: format)
        let policy: PersonalDataPolicy = allowsPersonal ? .allow : .refuse
        let reader = try table.reader(
            into: target, zone: open.zone, personal: policy, options: try cellOptions(),
            encoding: encoding)
        var run = ImportRun(
            reader: reader, source: .init(path: file, bytes: table.bytes), open: open,
            policy: policy, isDryRun: isDryRun)
        try run.run()
        let page = ImportPage(run: run, isJSON: options.isJSON)
        let rejectsFile =
            run.rejected.isEmpty || isDryRun ? nil : page.writeRejects(to: rejectsPath)
        page.show(rejectsFile: rejectsFile)
        if !run.rejected.isEmpty { throw ExitStatus.partly }
    }

    private func cellOptions() throws -> CellOptions {
        var fields: [String: String] = [:]
        for text in map {
            guard let sign = text.lastIndex(of: "="), sign != text.startIndex else {
                throw CommandFailure(
                    "map_invalid", Messages.fieldDesk.mapInvalid.text(["text": text]),
                    mend: Messages.fieldDesk.mapInvalidMend.text(), status: .usage)
            }
            fields[String(text[..<sign])] = String(text[text.index(after: sign)...])
        }
        return CellOptions(dateOrder: dates?.order, is1904: epoch == 1904, fieldsByTitle: fields)
    }

    /// Beside the source.
    private var rejectsPath: String { rejects ?? file + ImportPage.rejectsEnding }

    /// Points are the operator's; a replica with that role may import them.
    private func target(_ open: OpenReplica) throws -> CollectionDescription {
        guard
            let target = Schema.outreach.collection(named: collection)
                ?? CollectionName.collection(named: collection)
        else {
            let names = Schema.outreach.collections.map(\.name)
                .filter { !Schema.operatorCollections.contains($0) }
            throw CollectionName.unknown(collection, names)
        }
        guard Schema.operatorCollections.contains(target.name),
            try open.replica.status().role != "operator"
        else { return target }
        throw CommandFailure(
            "operators_only", Messages.fieldReports.operatorsOnly.text(),
            mend: Messages.fieldReports.operatorsOnlyMend.text(), status: .notAuthorised)
    }
}
