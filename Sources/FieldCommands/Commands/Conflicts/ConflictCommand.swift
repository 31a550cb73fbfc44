import ArgumentParser
import CommandKit
import SyncReplica

/// `conflict`: values that two devices wrote without knowing of each other.
struct ConflictCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "conflict", abstract: Messages.fieldHelp.conflict.text(),
            subcommands: [ListConflicts.self, ShowConflict.self, ResolveConflict.self])
    }
}

/// `conflict list`.
struct ListConflicts: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Messages.fieldHelp.conflictList.text())
    }

    @Flag(name: .customLong("all"), help: ArgumentHelp(Messages.fieldHelp.conflictAll.text()))
    var showsAll = false

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let pages = try ConflictPage.pages(open).filter { showsAll || !$0.isResolved }
        let console = Console.current
        guard !options.isJSON else { return console.print(.array(pages.map(\.json))) }
        guard !pages.isEmpty else { return console.say(Messages.fieldWhy.noConflicts.text()) }
        let isNumbered = ListMemory(open.replica).keep(
            pages.map(\.view.id), of: ConflictSearch.list, isOfRecords: false)
        console.print(
            ConflictPage.table(of: pages, showsState: showsAll, isNumbered: isNumbered))
        guard pages.contains(where: { !$0.isResolved }) else { return }
        console.say(Messages.fieldWhy.howToResolve.text())
    }
}

/// `conflict show`.
struct ShowConflict: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: Messages.fieldHelp.conflictShow.text())
    }

    @Argument(help: ArgumentHelp(Messages.fieldHelp.conflictID.text(), valueName: "id"))
    var id: String

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let view = try ConflictSearch.conflict(id, in: open)
        let page = try ConflictPage(view, open, DeviceNames(open))
        let console = Console.current
        guard !options.isJSON else { return console.print(page.json) }
        console.print(page.form)
        if !page.isResolved { console.say(Messages.fieldWhy.howToResolve.text()) }
    }
}
