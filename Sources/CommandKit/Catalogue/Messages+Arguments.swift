/// The fixed texts of the argument parser, as it writes them in English, with their translations.
///
/// Here the English is not ours to word: `PhraseTranslator` recognises it. Source:
/// swift-argument-parser 1.8, Usage/UsageGenerator.swift, MessageInfo.swift, HelpGenerator.swift.
public struct ArgumentMessages: MessageTopic {
    // Whole lines.
    public let unknownOption = Message(
        "arguments.unknown_option",
        en: "Unknown option '{option}'", zh: "没有选项“{option}”")
    public let unknownOptionNear = Message(
        "arguments.unknown_option_near",
        en: "Unknown option '{option}'. Did you mean '{near}'?",
        zh: "没有选项“{option}”。是不是想输入“{near}”？")
    public let missingValue = Message(
        "arguments.missing_value",
        en: "Missing value for '{option}'", zh: "“{option}”后面缺少值")
    public let orMissingValue = Message(
        "arguments.or_missing_value",
        en: "   or: Missing value for '{option}' in '{whole}'",
        zh: "   或者：“{whole}”里的“{option}”后面缺少值")
    public let unexpectedValue = Message(
        "arguments.unexpected_value",
        en: "The option '{option}' does not take any value, but '{value}' was specified.",
        zh: "选项“{option}”不带值，却写了“{value}”。")
    public let unexpectedArgument = Message(
        "arguments.unexpected_argument",
        en: "Unexpected argument '{value}'", zh: "多余的参数“{value}”")
    public let unexpectedArguments = Message(
        "arguments.unexpected_arguments",
        en: "{n} unexpected arguments: '{values}'", zh: "多余的 {n} 个参数：'{values}'")
    public let setTwice = Message(
        "arguments.set_twice",
        en: "Value to be set with flag '{second}' had already been set with flag '{first}'",
        zh: "“{second}”与前面的“{first}”冲突，只能写一个")
    public let missingArgument = Message(
        "arguments.missing_argument",
        en: "Missing expected argument '{argument}'", zh: "缺少参数“{argument}”")
    public let missingOneOf = Message(
        "arguments.missing_one_of",
        en: "Missing one of: '{arguments}'", zh: "下列参数需要写一个：'{arguments}'")
    public let missingSubcommand = Message(
        "arguments.missing_subcommand",
        en: "Missing required subcommand.", zh: "缺少子命令。")
    public let invalidOption = Message(
        "arguments.invalid_option",
        en: "Invalid option: {option}", zh: "选项写法不对：{option}")
    public let invalidValueOfChoices = Message(
        "arguments.invalid_value_of_choices",
        en: "The value '{value}' is invalid for '{option}'. Please provide one of {choices}.",
        zh: "“{option}”不能是“{value}”，请从这些里选一个：{choices}。")
    public let invalidValueOfList = Message(
        "arguments.invalid_value_of_list",
        en: "The value '{value}' is invalid for '{option}'. Please provide one of the following:",
        zh: "“{option}”不能是“{value}”，请从下面选一个：")
    public let invalidValueWithReason = Message(
        "arguments.invalid_value_with_reason",
        en: "The value '{value}' is invalid for '{option}': {reason}",
        zh: "“{option}”不能是“{value}”：{reason}")
    public let invalidValue = Message(
        "arguments.invalid_value",
        en: "The value '{value}' is invalid for '{option}'", zh: "“{option}”不能是“{value}”")
    public let seeForMore = Message(
        "arguments.see_for_more",
        en: "  See '{command}' for more information.", zh: "  详细说明请运行“{command}”。")
    public let seeForDetail = Message(
        "arguments.see_for_detail",
        en: "  See '{command}' for detailed help.", zh: "  查看某个子命令的说明：{command}")
    public let argumentsHeader = Message(
        "arguments.arguments_header", en: "ARGUMENTS:", zh: "参数：")
    public let optionsHeader = Message("arguments.options_header", en: "OPTIONS:", zh: "选项：")
    public let subcommandsHeader = Message(
        "arguments.subcommands_header", en: "SUBCOMMANDS:", zh: "子命令：")
    public let groupHeader = Message(
        "arguments.group_header", en: "{group} SUBCOMMANDS:", zh: "{group}子命令：")

    // Beginnings of lines; what follows is translated in turn.
    public let errorPrefix = Message("arguments.error_prefix", en: "Error: ", zh: "错误：")
    public let helpPrefix = Message("arguments.help_prefix", en: "Help:  ", zh: "说明：")
    public let usagePrefix = Message("arguments.usage_prefix", en: "Usage: ", zh: "用法: ")
    public let usageHeading = Message("arguments.usage_heading", en: "USAGE: ", zh: "用法: ")
    public let overviewHeading = Message(
        "arguments.overview_heading", en: "OVERVIEW: ", zh: "简介：")

    // Ends of lines in a help screen.
    public let showHelp = Message(
        "arguments.show_help", en: "Show help information.", zh: "显示帮助。")
    public let showVersion = Message(
        "arguments.show_version", en: "Show the version.", zh: "显示版本。")
    public let showSubcommandHelp = Message(
        "arguments.show_subcommand_help",
        en: "Show subcommand help information.", zh: "显示子命令的帮助。")
    public let valuesAndDefault = Message(
        "arguments.values_and_default",
        en: "(values: {values}; default: {default})", zh: "（可选：{values}；默认：{default}）")
    public let values = Message(
        "arguments.values", en: "(values: {values})", zh: "（可选：{values}）")
    public let defaultValue = Message(
        "arguments.default_value", en: "(default: {default})", zh: "（默认：{default}）")
    public let defaultSubcommand = Message(
        "arguments.default_subcommand", en: "(default)", zh: "（默认）")
}

extension Messages {
    public static let arguments = ArgumentMessages()
}
