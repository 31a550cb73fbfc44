/// The words around what a program says: labels, and the help of the options that all have.
public struct ConsoleMessages: MessageTopic {
    public let error = Message("console.error", en: "Error: {text}", zh: "错误：{text}")
    public let mend = Message("console.mend", en: "Fix: {text}", zh: "解决办法：{text}")
    public let warning = Message("console.warning", en: "Note: {text}", zh: "注意：{text}")
    public let didYouMean = Message(
        "console.did_you_mean", en: "Did you mean '{name}'?", zh: "是不是想输入“{name}”？")
    public let unknownCommand = Message(
        "console.unknown_command", en: "Unknown command '{name}'", zh: "没有命令“{name}”")
    public let examples = Message("console.examples", en: "EXAMPLES:", zh: "示例：")
    public let topics = Message(
        "console.topics", en: "More: '{program} help TOPIC', TOPIC one of {names}.",
        zh: "更多说明：{program} help 主题；主题有 {names}。")
    public let yesNo = Message(
        "console.yes_no", en: "{question} [y/N]", zh: "{question} [是y/否N]")
    public let numberPlease = Message(
        "console.number_please",
        en: "Number 1–{n}, or Enter to leave it:", zh: "请输入序号 1–{n}，直接回车放弃：")
    public let jsonHelp = Message(
        "console.json_help",
        en: "Print one JSON document on standard output; errors as JSON on standard error.",
        zh: "结果以一份 JSON 输出到标准输出，错误以 JSON 输出到标准错误。")
    public let languageHelp = Message(
        "console.language_help",
        en: "Language of messages: en or zh-Hans. Default: from the system.",
        zh: "提示信息的语言（en 或 zh-Hans）；默认按系统设置。")
    public let durationExamples = Message(
        "console.duration_examples",
        en: "Write a length of time such as 30m, 24h, 7d or 1d12h, at most {days} days",
        zh: "请写时长，例如 30m、24h、7d、1d12h 或 24小时，最长 {days} 天")
}

extension Messages {
    public static let console = ConsoleMessages()
}
