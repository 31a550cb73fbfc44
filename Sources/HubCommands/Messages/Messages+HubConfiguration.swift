public import CommandKit

/// What `sync-hub` says of its configuration.
public struct HubConfigurationMessages: MessageTopic {
    public let abstract = Message(
        "hub_config.abstract", en: "The hub's configuration.", zh: "中心的配置。")
    public let showAbstract = Message(
        "hub_config.show_abstract",
        en: "Show every key, its value and where that came from.",
        zh: "列出每一项配置、取值及其来源。")
    public let configHelp = Message(
        "hub_config.config_help",
        en: "The configuration file (YAML); options and FIELDSYNC_… variables go before it.",
        zh: "配置文件（YAML）；命令行选项和 FIELDSYNC_… 环境变量优先于它。")
    public let formerListenHelp = Message(
        "hub_config.former_listen_help",
        en: "Answer there too: where the hub was served before it moved.",
        zh: "同时在此地址应答：中心迁移前的地址。")
    public let formerCertificateHelp = Message(
        "hub_config.former_certificate_help", en: "The certificate chain served there, PEM.",
        zh: "该地址所用的证书链文件（PEM）。")
    public let formerKeyHelp = Message(
        "hub_config.former_key_help", en: "Its private key, PEM.", zh: "其私钥文件（PEM）。")
    public let logLevelHelp = Message(
        "hub_config.log_level_help",
        en: "What is logged: trace, debug, info, notice, warning, error or critical.",
        zh: "日志级别：trace、debug、info、notice、warning、error 或 critical。")
    public let watchersHelp = Message(
        "hub_config.watchers_help", en: "How many devices may watch at once (sync --watch).",
        zh: "最多允许多少台设备同时守候（sync --watch）。")

    // What is shown.
    public let key = Message("hub_config.key", en: "Key", zh: "配置项")
    public let value = Message("hub_config.value", en: "Value", zh: "取值")
    public let source = Message("hub_config.source", en: "From", zh: "来源")
    public let change = Message("hub_config.change", en: "A change is taken", zh: "更改何时生效")
    public let unset = Message("hub_config.unset", en: "not set", zh: "未设置")
    public let standard = Message("hub_config.standard", en: "default", zh: "默认值")
    public let credential = Message(
        "hub_config.credential", en: "credential {name}", zh: "凭据 {name}")
    public let atReload = Message("hub_config.at_reload", en: "at SIGHUP", zh: "收到 SIGHUP 时")
    public let atRestart = Message("hub_config.at_restart", en: "at a restart", zh: "重启后")
    public let atCommand = Message(
        "hub_config.at_command", en: "by the next command", zh: "下一条命令")
    public let servingFormer = Message(
        "hub_config.serving_former",
        en: "Answers at its former address too, {address}, until --former-listen is left out.",
        zh: "同时在旧地址 {address} 应答，直到去掉 --former-listen。")

    // What went wrong.
    public let unknownKey = Message(
        "hub_config.unknown_key", en: "{place}: there is no key {key}.",
        zh: "{place}：没有配置项 {key}。")
    public let unknownVariable = Message(
        "hub_config.unknown_variable", en: "There is no setting {name} in the environment.",
        zh: "环境变量中没有名为 {name} 的设置。")
    public let unknownVariableMend = Message(
        "hub_config.unknown_variable_mend", en: "See sync-hub config show; unset it.",
        zh: "请查看 sync-hub config show，并取消该变量。")
    public let didYouMean = Message(
        "hub_config.did_you_mean", en: "Did you mean {key}?", zh: "您是不是要写 {key}？")
    public let knownKeys = Message(
        "hub_config.known_keys", en: "The keys are: {keys}.", zh: "可用的配置项：{keys}。")
    public let twice = Message(
        "hub_config.twice", en: "{place}: {key} stands here a second time.",
        zh: "{place}：{key} 在此重复出现。")
    public let twiceMend = Message(
        "hub_config.twice_mend", en: "Leave one of the two; several databases are one list.",
        zh: "请只保留一处；多个数据库写成一个列表。")
    public let syntax = Message(
        "hub_config.syntax", en: "{place}: this is no YAML ({detail}).",
        zh: "{place}：不是有效的 YAML（{detail}）。")
    public let notKeys = Message(
        "hub_config.not_keys", en: "{place}: no key with a value stands here.",
        zh: "{place}：此处不是“配置项: 取值”。")
    public let syntaxMend = Message(
        "hub_config.syntax_mend",
        en: "Write one key a line, without indentation, like listen: 127.0.0.1:8600.",
        zh: "请每行写一项，不要缩进，例如 listen: 127.0.0.1:8600。")
    public let notText = Message(
        "hub_config.not_text", en: "{path} is no configuration: not UTF-8, or too long.",
        zh: "{path} 不是配置文件：不是 UTF-8，或太长。")
    public let notTextMend = Message(
        "hub_config.not_text_mend", en: "Name the right file: --config.",
        zh: "请用 --config 指定正确的文件。")
    public let empty = Message(
        "hub_config.empty", en: "{what} has no value.", zh: "{what} 没有取值。")
    public let emptyMend = Message(
        "hub_config.empty_mend", en: "Give it one, or leave the key out.",
        zh: "请填写取值，或删去这一项。")
    public let notOneValue = Message(
        "hub_config.not_one_value", en: "{what} takes one value.", zh: "{what} 只能有一个取值。")
    public let notOneValueMend = Message(
        "hub_config.not_one_value_mend", en: "Write it on the key's own line.",
        zh: "请把取值写在同一行。")
    public let notAddress = Message(
        "hub_config.not_address", en: "{what} is not an address and port.",
        zh: "{what} 不是“地址:端口”。")
    public let notFlag = Message(
        "hub_config.not_flag", en: "{what} is neither true nor false.",
        zh: "{what} 不是 true 或 false。")
    public let notFlagMend = Message(
        "hub_config.not_flag_mend", en: "Write true or false.", zh: "请写 true 或 false。")
    public let notOneOf = Message(
        "hub_config.not_one_of", en: "{what} is none of what it can be.",
        zh: "{what} 不是可用的取值。")
    public let oneOfMend = Message(
        "hub_config.one_of_mend", en: "Choose one of: {choices}.", zh: "请选择：{choices}。")
    public let notCount = Message(
        "hub_config.not_count", en: "{what} is no number, or out of range.",
        zh: "{what} 不是数字，或超出范围。")
    public let countMend = Message(
        "hub_config.count_mend", en: "Write a whole number from {low} to {high}.",
        zh: "请写 {low} 到 {high} 的整数。")
    public let notPlan = Message(
        "hub_config.not_plan", en: "{what} says not what to keep.", zh: "{what} 没有说明保留多少。")
    public let secret = Message(
        "hub_config.secret", en: "{what} holds a secret; it takes the path of a file.",
        zh: "{what} 里直接写了密钥；这里应写文件路径。")
    public let secretMend = Message(
        "hub_config.secret_mend",
        en: "Write the secret into a file of mode 0600 and its path here, or make it systemd's "
            + "credential {credential}.",
        zh: "请把密钥写入权限 0600 的文件，这里只写路径；或设为 systemd 凭据 {credential}。")
    public let password = Message(
        "hub_config.password", en: "{what} holds a password.", zh: "{what} 里含有密码。")
    public let passwordMend = Message(
        "hub_config.password_mend",
        en: "Put it into a password file of mode 0600 and name that: "
            + "postgresql://hub@host/fieldsync?passfile=/etc/fieldsync/pgpass.",
        zh: "请把密码放入权限 0600 的密码文件并写明："
            + "postgresql://hub@host/fieldsync?passfile=/etc/fieldsync/pgpass。")
    public let noFolder = Message(
        "hub_config.no_folder", en: "Which folder?", zh: "要使用哪个文件夹？")
    public let noFolderMend = Message(
        "hub_config.no_folder_mend", en: "Give --data DIR, or a configuration that says data.",
        zh: "请给出 --data DIR，或在配置中写明 data。")
    public let formerAlone = Message(
        "hub_config.former_alone", en: "The former certificate has no address.",
        zh: "旧证书没有对应的地址。")
    public let formerAloneMend = Message(
        "hub_config.former_alone_mend", en: "Give --former-listen too.",
        zh: "请同时给出 --former-listen。")

    public init() {}
}

extension Messages {
    public static let hubConfiguration = HubConfigurationMessages()
}
