public import CommandKit

/// What `sync-hub` says of spaces in a database.
public struct HubSpacesMessages: MessageTopic {
    public let databaseHelp = Message(
        "hub_spaces.database_help",
        en: "A PostgreSQL database instead of a folder: postgresql://…",
        zh: "使用 PostgreSQL 数据库代替文件夹：postgresql://…")
    public let spaceHelp = Message(
        "hub_spaces.space_help", en: "Which space of the database.", zh: "数据库中的哪个空间。")
    public let masterHelp = Message(
        "hub_spaces.master_help",
        en: "The file of the key that the spaces' keys are encrypted under; made by the first "
            + "`space add`. Else the credential fieldsync-master-key.",
        zh:
            "用来加密各空间密钥的主密钥文件，由首次 `space add` 生成；否则取凭据 fieldsync-master-key。"
    )
    public let masterInEnvironment = Message(
        "hub_spaces.master_in_environment",
        en: "{name} holds the master key itself, where others may read it.",
        zh: "{name} 直接写着主密钥，其他人可能读到。")
    public let masterInEnvironmentMend = Message(
        "hub_spaces.master_in_environment_mend",
        en: "Write it into a file of mode 0600 and give --master-key-file, or make it systemd's "
            + "credential fieldsync-master-key; then unset the variable.",
        zh: "请写入权限 0600 的文件并用 --master-key-file 指定，或设为 systemd 凭据 "
            + "fieldsync-master-key；然后取消该变量。")
    public let abstract = Message(
        "hub_spaces.abstract", en: "Spaces: those of a database, and what one is called.",
        zh: "空间：数据库中的各个空间，以及空间的名称。")
    public let addAbstract = Message(
        "hub_spaces.add_abstract", en: "Make a space in a database.", zh: "在数据库中新建空间。")
    public let listAbstract = Message(
        "hub_spaces.list_abstract", en: "List the spaces of a database.", zh: "列出数据库中的空间。")
    public let renameAbstract = Message(
        "hub_spaces.rename_abstract",
        en: "Give a space another name; devices go on under the old one too.",
        zh: "给空间改名；设备仍可使用旧名称。")
    public let newNameHelp = Message(
        "hub_spaces.new_name_help", en: "Its new name.", zh: "新名称。")
    public let renamed = Message(
        "hub_spaces.renamed",
        en: "The space {name} is called {new} now. Devices that know it as {name} go on.",
        zh: "空间 {name} 现名 {new}。使用旧名 {name} 的设备照常工作。")
    public let readFromHelp = Message(
        "hub_spaces.read_from_help",
        en: "A standby of the database that pulls are read from; one for each --database.",
        zh: "供拉取读取的备用库；与各 --database 依次对应。")
    public let servingAway = Message(
        "hub_spaces.serving_away",
        en: "Serving under {url}/s/NAME; the database does not answer yet.",
        zh: "正在服务：{url}/s/名称；数据库尚无应答。")
    public let oneDatabase = Message(
        "hub_spaces.one_database", en: "This command works on one database.",
        zh: "此命令只用于一个数据库。")
    public let oneDatabaseMend = Message(
        "hub_spaces.one_database_mend", en: "Give --database once.", zh: "请只给出一次 --database。")
    public let twice = Message(
        "hub_spaces.twice", en: "More than one database has a space {name} in use.",
        zh: "不止一个数据库中有在用的空间 {name}。")
    public let twiceMend = Message(
        "hub_spaces.twice_mend", en: "Retire or rename it in all but one.",
        zh: "请只保留一处，其余停用或改名。")
    public let retireAbstract = Message(
        "hub_spaces.retire_abstract",
        en: "Take a space out of service; nothing of it is deleted.",
        zh: "停用空间；不删除其中任何内容。")
    public let nameHelp = Message(
        "hub_spaces.name_help",
        en: "Its name in addresses: lower-case letters, digits and hyphens, at most 40.",
        zh: "在网址中的名称：小写字母、数字和连字符，最多 40 个。")
    public let titleHelp = Message(
        "hub_spaces.title_help", en: "What people call it.", zh: "人们的叫法。")
    public let added = Message(
        "hub_spaces.added", en: "The space {name} is made; its hub's key is {key}.",
        zh: "已建立空间 {name}；其中心公钥为 {key}。")
    public let addedNext = Message(
        "hub_spaces.added_next",
        en: "Next: sync-hub serve --database URL; devices reach it under /s/{name}.",
        zh: "下一步：sync-hub serve --database URL；设备经 /s/{name} 访问。")
    public let masterMade = Message(
        "hub_spaces.master_made",
        en: "A master key was made in {path}. Without it the spaces' keys cannot be read: keep a "
            + "copy away from the database.",
        zh: "已在 {path} 生成主密钥。没有它就无法读取各空间密钥：请在数据库之外另存一份。")
    public let retired = Message(
        "hub_spaces.retired", en: "The space {name} is out of service.", zh: "空间 {name} 已停用。")
    public let space = Message("hub_spaces.space", en: "Space", zh: "空间")
    public let state = Message("hub_spaces.state", en: "State", zh: "状态")
    public let inUse = Message("hub_spaces.in_use", en: "in use", zh: "在用")
    public let outOfUse = Message("hub_spaces.out_of_use", en: "retired", zh: "已停用")
    public let serving = Message(
        "hub_spaces.serving", en: "Serving {n} {n|space|spaces} under {url}/s/NAME.",
        zh: "正在服务 {n} 个空间：{url}/s/名称。")

    // Moving.
    public let migrateAbstract = Message(
        "hub_spaces.migrate_abstract",
        en: "Move a hub between folders and databases: the same journal, epoch and digest.",
        zh: "在文件夹或数据库之间迁移中心：日志、纪元和摘要不变。")
    public let fromHelp = Message(
        "hub_spaces.from_help", en: "The hub's folder, or the database's address.",
        zh: "中心的文件夹，或数据库网址。")
    public let toHelp = Message(
        "hub_spaces.to_help", en: "A new folder, or the database's address.",
        zh: "新文件夹，或数据库网址。")
    public let moving = Message("hub_spaces.moving", en: "Moving", zh: "迁移")
    public let moved = Message(
        "hub_spaces.moved", en: "Moved to {to}: position {position}, digest {digest}, compared.",
        zh: "已迁移到 {to}：位置 {position}，摘要 {digest}，已比对。")
    public let movedNext = Message(
        "hub_spaces.moved_next",
        en: "{from} stays as it was and serves no more. Serve the new place at the same address.",
        zh: "{from} 保持原样，不再提供服务。请在同一网址启用新位置。")
    public let oneOfEach = Message(
        "hub_spaces.one_of_each",
        en: "A hub moves between a folder and a space of a database, or between two databases.",
        zh: "中心可在文件夹与数据库空间之间，或两个数据库之间迁移。")
    public let oneOfEachMend = Message(
        "hub_spaces.one_of_each_mend",
        en: "Give --from DIR --to postgresql://… --space NAME, or the other way round.",
        zh: "请给出 --from DIR --to postgresql://… --space NAME，或相反。")
    public let hasMoved = Message(
        "hub_spaces.has_moved", en: "This hub has moved from {path} to {to}.",
        zh: "此中心已从 {path} 迁移到 {to}。")
    public let hasMovedMend = Message(
        "hub_spaces.has_moved_mend",
        en: "Use it there. Two hubs of one key would tear the log apart.",
        zh: "请在那里使用。同一密钥的两个中心会使日志分裂。")
    public let arriving = Message(
        "hub_spaces.arriving", en: "A hub is moving to {path} and has not arrived.",
        zh: "有中心正迁移到 {path}，尚未完成。")
    public let arrivingMend = Message(
        "hub_spaces.arriving_mend", en: "Run the same `sync-hub migrate` again: it goes on.",
        zh: "请再次运行同一条 `sync-hub migrate`：会接着进行。")
    public let targetUsed = Message(
        "hub_spaces.target_used", en: "{path} holds a hub already.", zh: "{path} 已有中心。")
    public let targetUsedMend = Message(
        "hub_spaces.target_used_mend", en: "Move to a new folder, or to a space that is not there.",
        zh: "请迁移到新文件夹，或尚不存在的空间。")
    public let wentOn = Message(
        "hub_spaces.went_on", en: "The hub took something while it was copied; nothing moved.",
        zh: "复制期间中心有新内容；未迁移。")
    public let wentOnMend = Message(
        "hub_spaces.went_on_mend", en: "Stop whatever writes to it, and run this again.",
        zh: "请停止向其写入，再重新运行。")
    public let moveDiffers = Message(
        "hub_spaces.move_differs",
        en: "What arrived is not what was sent ({table}); the hub stays where it was.",
        zh: "收到的内容与发出的不一致（{table}）；中心保持在原处。")
    public let moveDiffersMend = Message(
        "hub_spaces.move_differs_mend",
        en: "Run `sync-audit verify` on the source; then try again.",
        zh: "请对来源运行 `sync-audit verify`，然后重试。")

    public let whichStore = Message(
        "hub_spaces.which_store", en: "Name one place: a folder, or a space of a database.",
        zh: "请指定一处：文件夹，或数据库中的空间。")
    public let whichStoreMend = Message(
        "hub_spaces.which_store_mend",
        en: "Give --data DIR, or --database URL and --space NAME.",
        zh: "请给出 --data DIR，或 --database URL 与 --space NAME。")
    public let notBuilt = Message(
        "hub_spaces.not_built", en: "This program was built without PostgreSQL.",
        zh: "本程序编译时未包含 PostgreSQL。")
    public let notBuiltMend = Message(
        "hub_spaces.not_built_mend",
        en: "Build it with `swift build --traits PostgreSQL`, or use --data DIR.",
        zh: "请用 `swift build --traits PostgreSQL` 编译，或使用 --data DIR。")
    public let noMaster = Message(
        "hub_spaces.no_master", en: "There is no master key.", zh: "没有主密钥。")
    public let noMasterMend = Message(
        "hub_spaces.no_master_mend",
        en: "Give --master-key-file F. The first `space add` makes it.",
        zh: "请给出 --master-key-file F；首次 `space add` 会生成。")
    public let badMaster = Message(
        "hub_spaces.bad_master", en: "{path} holds no master key.", zh: "{path} 中没有主密钥。")
    public let badMasterMend = Message(
        "hub_spaces.bad_master_mend",
        en: "It is one line of 64 hex digits, as `space add` made it.",
        zh: "应为 `space add` 生成的一行 64 位十六进制数字。")
    public let wrongMaster = Message(
        "hub_spaces.wrong_master",
        en: "The key of space {name} was encrypted under another master key.",
        zh: "空间 {name} 的密钥是用另一主密钥加密的。")
    public let wrongMasterMend = Message(
        "hub_spaces.wrong_master_mend", en: "Give the file that was used when it was made.",
        zh: "请给出建立空间时所用的文件。")
    public let badName = Message(
        "hub_spaces.bad_name", en: "{name} is no name for a space.", zh: "{name} 不能作空间名称。")
    public let badNameMend = Message(
        "hub_spaces.bad_name_mend",
        en: "Use lower-case letters, digits and hyphens, a letter first, at most 40.",
        zh: "请用小写字母、数字和连字符，以字母开头，最多 40 个。")
    public let exists = Message(
        "hub_spaces.exists", en: "There is a space {name} already.", zh: "已有空间 {name}。")
    public let existsMend = Message(
        "hub_spaces.exists_mend", en: "Choose another name; `sync-hub space list` shows them.",
        zh: "请另选名称；`sync-hub space list` 可列出。")
    public let missing = Message(
        "hub_spaces.missing", en: "The database has no space {name}.", zh: "数据库中没有空间 {name}。")
    public let missingMend = Message(
        "hub_spaces.missing_mend",
        en: "`sync-hub space list` shows them; `sync-hub space add {name}` makes it.",
        zh: "`sync-hub space list` 可列出；`sync-hub space add {name}` 可新建。")
    public let isRetired = Message(
        "hub_spaces.is_retired", en: "The space {name} was taken out of service.",
        zh: "空间 {name} 已停用。")
    public let isRetiredMend = Message(
        "hub_spaces.is_retired_mend",
        en: "What is in it is still there; ask whoever retired it.", zh: "其内容仍在；请询问停用者。")
    public let tooNew = Message(
        "hub_spaces.too_new", en: "A newer sync-hub made the space {name}.",
        zh: "空间 {name} 由更新版本的 sync-hub 建立。")
    public let tooNewMend = Message(
        "hub_spaces.too_new_mend", en: "Take that version; the old one reads nothing of it.",
        zh: "请使用该版本；旧版本无法读取。")
    public let away = Message(
        "hub_spaces.away", en: "The database does not answer: {detail}", zh: "数据库没有应答：{detail}")
    public let awayMend = Message(
        "hub_spaces.away_mend", en: "Check the address and that the server runs; then try again.",
        zh: "请检查网址，并确认服务器在运行，然后重试。")
}

extension Messages {
    public static let hubSpaces = HubSpacesMessages()
}
