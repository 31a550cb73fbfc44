import ArgumentParser
import CommandKit
import OutreachSchema
import SyncReplica

/// `ReportGrouping` as an argument.
enum GroupingArgument: String, ExpressibleByArgument, CaseIterable {
    case grid, shift

    var grouping: ReportGrouping {
        switch self {
        case .grid: .grid
        case .shift: .shift
        }
    }
}

/// `report`: counts and sums of a period, by grid or shift. Never by person.
struct Report: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "report", abstract: Messages.fieldHelp.report.text())
    }

    @Option(help: ArgumentHelp(Messages.fieldHelp.reportFrom.text(), valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp(Messages.fieldHelp.reportTo.text(), valueName: "date"))
    var to: String?

    @Option(help: ArgumentHelp(Messages.fieldHelp.reportBy.text(), valueName: "grid|shift"))
    var by: GroupingArgument?

    @Option(help: ArgumentHelp(Messages.fieldHelp.reportHTML.text(), valueName: "file"))
    var html: String?

    @OptionGroup var options: ReplicaOptions

    func run() async throws {
        let open = try options.openForReading()
        let first = try from.map { try ShiftArgument.shift($0, in: open) }
        let last = try to.map { try ShiftArgument.shift($0, in: open) }
        if let first, let last, first > last {
            throw CommandFailure(
                "wrong_period", Messages.fieldReports.wrongPeriod.text(),
                mend: Messages.fieldReports.wrongPeriodMend.text(), status: .usage)
        }
        if let html {
            return try LeadPageRun(open: open, first: first, last: last, isJSON: options.isJSON)
                .write(to: html)
        }
        let report = try open.report(from: first, through: last, by: by?.grouping)
        let console = Console.current
        guard !options.isJSON else { return console.print(JSONOutput(report.jsonDocument())) }
        ReportPage(report: report, from: first, to: last, zone: open.zone).print(on: console)
    }
}
