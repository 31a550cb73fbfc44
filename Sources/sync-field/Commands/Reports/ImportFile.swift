import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica

/// `import`: takes over the rows of a CSV file. Doing it twice adds nothing.
struct ImportFile: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import", abstract: Messages.fieldHelp.importing.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldHelp.importFile.text(), valueName: "file"))
    var file: String

    @Option(
        name: .customLong("into"),
        help: ArgumentHelp(Messages.fieldHelp.importInto.text(), valueName: "collection"))
    var collection: String

    @Option(help: ArgumentHelp(Messages.fieldHelp.importRejects.text(), valueName: "file"))
    var rejects: String?

    @Flag(
        name: .customLong("allow-personal"),
        help: ArgumentHelp(Messages.fieldHelp.allowPersonal.text()))
    var allowsPersonal = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.open()
        let target = try self.target(open)
        let bytes = try FileBytes.read(file)
        let reader = try ImportReader(
            bytes, into: target, zone: open.zone,
            personal: allowsPersonal ? .allow : .refuse)
        var run = ImportRun(
            reader: reader, source: .init(path: file, bytes: bytes), replica: open.replica)
        try run.run()
        let rejectsFile = try run.rejected.isEmpty ? nil : writeRejects(run)
        show(run, rejectsFile)
        if rejectsFile != nil { throw ExitStatus.partly }
    }

    /// Points are the operator's; a replica with that role may import them.
    private func target(_ open: OpenReplica) throws -> CollectionDescription {
        guard let target = Schema.outreach.collection(named: collection) else {
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

    /// Never over another file: a number is put into the name.
    private func writeRejects(_ run: ImportRun) throws -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? "import"
        let ending = ".rejects.csv"
        let wanted = rejects ?? name + ending
        let stem = wanted.hasSuffix(ending) ? String(wanted.dropLast(ending.count)) : wanted
        let bytes = run.reader.rejectsFile(run.rejected, in: .current)
        var path = wanted
        var number = 2
        while try !FileBytes.create(bytes, at: path) {
            path = wanted.hasSuffix(ending) ? "\(stem)-\(number)\(ending)" : "\(stem)-\(number)"
            number += 1
        }
        return path
    }

    private func show(_ run: ImportRun, _ rejectsFile: String?) {
        let console = Console.current
        guard !options.isJSON else { return console.print(run.json(rejectsFile: rejectsFile)) }
        let words = Messages.fieldReports
        console.print(
            words.rowsRead.text(["n": run.readCount, "encoding": run.reader.encoding.rawValue]))
        var form = Form()
        form.append(words.rowsNew.text(), "\(run.newCount)")
        form.append(words.rowsPresent.text(), "\(run.presentCount)")
        form.append(words.rowsRejected.text(), "\(run.rejected.count)")
        console.print(form)
        run.sayProblems(on: console)
        if let rejectsFile {
            console.say(words.rejectsWritten.text(["path": rejectsFile]))
        }
    }
}
