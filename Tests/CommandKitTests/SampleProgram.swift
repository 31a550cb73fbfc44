import ArgumentParser
import CommandKit

/// A small program with every kind of argument, to meet the parser's real errors.
struct SampleProgram: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sample", abstract: "离线记录。", version: "1.2.3",
            subcommands: [SampleStop.self, SampleFail.self])
    }
}

struct SampleStop: AsyncParsableCommand {
    enum Mode: String, CaseIterable, ExpressibleByArgument { case foot, vehicle, bicycle }
    enum Kind: String, CaseIterable, ExpressibleByArgument { case aa, bb, cc, dd, ee, light }
    enum Pace: EnumerableFlag { case slow, fast }

    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "stop", abstract: "记录一次停留。")
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: "巡逻方式。") var mode: Mode = .foot
    @Option(help: "隐患类别。") var kind: Kind?
    @Option(help: "人数。") var people: Int = 1
    @Option(help: "有效期。", transform: DurationArgument.init(parsing:)) var expires: DurationArgument?
    @Flag(help: "快慢。") var pace: Pace = .slow
    @Argument(help: "点位编号。") var point: String

    func validate() throws {
        if people < 0 { throw ValidationError("人数不能是负数") }
        if people > 99 {
            throw CommandFailure("too_many", "人太多。", mend: "请减少。", status: .partly)
        }
    }

    func run() async throws {
        if globals.isJSON {
            Console.current.print(["point": .string(point), "people": .int(people)])
        } else {
            Console.current.print("\(point.sanitised()) \(Language.current.rawValue)")
        }
    }
}

struct SampleFail: AsyncParsableCommand {
    struct Foreign: Error {}

    static var configuration: CommandConfiguration { CommandConfiguration(commandName: "fail") }

    @OptionGroup var globals: GlobalOptions
    @Argument var how: String

    func run() async throws {
        switch how {
        case "replica": throw CommandFailure.noReplica(path: "/r\u{1B}c", command: "sample init")
        case "partly": throw ExitStatus.partly
        case "code": throw ExitCode(3)
        case "oddcode": throw ExitCode(77)
        case "validation": throw ValidationError("坏的")
        case "help": throw CleanExit.helpRequest(self)
        case "cancelled": throw CancellationError()
        default: throw Foreign()
        }
    }
}
