public import CommandKit

/// What `sync-audit verify` and `checkpoint` say.
public struct AuditVerifyMessages: MessageTopic {
    // Help.
    public let abstract = Message(
        "audit_verify.abstract",
        en: "Prove that a log holds exactly what devices signed.",
        zh: "验证日志恰好只含各设备签署的内容。")
    public let fileHelp = Message(
        "audit_verify.file_help",
        en: "A hub's data folder, a replica's file, or a hub's address.",
        zh: "中心的数据文件夹、副本文件或中心的地址。")
    public let againstHelp = Message(
        "audit_verify.against_help",
        en:
            "A replica, another copy of the hub, or a checkpoint, whose heads and receipts this log "
            + "must keep.",
        zh: "副本、中心的另一份拷贝或检查点：本日志必须包含其日志头与签收。")
    public let sinceHelp = Message(
        "audit_verify.since_help",
        en: "Read only what came after this checkpoint; what lies before it is taken on trust.",
        zh: "只读取此检查点之后的内容；之前的部分不再核验，直接采信。")
    public let keepHelp = Message(
        "audit_verify.keep_help",
        en: "Keep the replay in this file: a run that was cut goes on there, and a later one reads "
            + "only what is new.",
        zh: "把重放保存在此文件：中断后可接着核验，以后只需读取新增内容。")
    public let oneStart = Message(
        "audit_verify.one_start", en: "--since and --keep each say where to begin.",
        zh: "--since 与 --keep 都会决定从何处开始。")
    public let oneStartMend = Message(
        "audit_verify.one_start_mend",
        en: "Give one of them; --against CHECKPOINT checks a checkpoint beside --keep.",
        zh: "请只用其一；与 --keep 并用时，可用 --against 检查点 来核对检查点。")
    public let witnessHelp = Message(
        "audit_verify.witness_help",
        en: "A witness's key (NAME+ID+KEY): its cosignature on a note given with --against counts; "
            + "may be repeated.",
        zh: "见证者公钥（NAME+ID+KEY）：其在 --against 所给签名便条上的联署会计入；可重复。")
    public let badWitness = Message(
        "audit_verify.bad_witness", en: "{key} is no witness's key.", zh: "{key} 不是见证者公钥。")
    public let badWitnessMend = Message(
        "audit_verify.bad_witness_mend",
        en: "It reads NAME+ID+KEY; `sync-hub follow --once --json` prints it as \"witness\".",
        zh: "格式为 NAME+ID+KEY；`sync-hub follow --once --json` 以 \"witness\" 输出。")
    public let cosigned = Message("audit_verify.cosigned", en: "Cosigned by", zh: "联署")
    public let cosignedValue = Message(
        "audit_verify.cosigned_value", en: "{name}, at size {size}, {time} UTC",
        zh: "{name}，大小 {size}，{time} UTC")
    public let progress = Message("audit_verify.progress", en: "Verifying", zh: "核验")
    public let trustCheckpoint = Message(
        "audit_verify.trust_checkpoint",
        en: "On trust: everything up to position {position}, for the checkpoint {path}.",
        zh: "采信未核：位置 {position} 及以前的全部内容，依据检查点 {path}。")
    public let trustKept = Message(
        "audit_verify.trust_kept",
        en: "Verified by earlier runs, and not read again: everything up to position {position}, "
            + "kept in {path}.",
        zh: "此前已核验、未再读取：位置 {position} 及以前的全部内容，保存在 {path}。")
    public let keptOfAnother = Message(
        "audit_verify.kept_of_another", en: "{path} keeps the replay of another hub.",
        zh: "{path} 保存的是另一个中心的重放。")
    public let keptOfAnotherMend = Message(
        "audit_verify.kept_of_another_mend", en: "Give each hub a file of its own with --keep.",
        zh: "请为每个中心用 --keep 指定各自的文件。")
    public let keyHelp = Message(
        "audit_verify.key_help",
        en: "The hub's public key as you know it from elsewhere; else the files' own is taken.",
        zh: "你从别处得知的中心公钥；不给出则用文件中所记的。")
    public let checkpointAbstract = Message(
        "audit_verify.checkpoint_abstract",
        en: "Save the newest head that the hub signed, to verify against later.",
        zh: "保存中心签署的最新日志头，供以后验证。")
    public let checkpointFileHelp = Message(
        "audit_verify.checkpoint_file_help",
        en: "A hub's data folder or a replica's file.",
        zh: "中心的数据文件夹或副本文件。")
    public let outputHelp = Message(
        "audit_verify.output_help",
        en: "A new file to write; else to standard output.",
        zh: "要写入的新文件；不写则输出到标准输出。")

    // The verdict.
    public let okHub = Message(
        "audit_verify.ok_hub",
        en: "OK: the log holds exactly what devices signed, and the records are what it leads to.",
        zh: "通过：日志恰好只含各设备签署的内容，记录与之相符。")
    public let okSince = Message(
        "audit_verify.ok_since",
        en: "OK after position {position}: all that came since is signed, whole, and in one tree "
            + "with the checkpoint.",
        zh: "位置 {position} 之后通过：此后的内容均有签名、完整，并与检查点同属一棵哈希树。")
    public let okReplica = Message(
        "audit_verify.ok_replica",
        en: "OK: the records, batches and receipts are whole.",
        zh: "通过：记录、批次与签收完好。")
    public let epochBegan = Message("audit_verify.epoch_began", en: "new epoch", zh: "新纪元")
    public let epochValue = Message(
        "audit_verify.epoch_value", en: "{epoch}, from position {size} on ({cause})",
        zh: "{epoch}，自位置 {size} 起（{cause}）")
    public let reoffered = Message(
        "audit_verify.reoffered", en: "offered again", zh: "重新送交的批次")
    public let adopting = Message(
        "audit_verify.adopting", en: "handed back by others", zh: "由他人交回的批次")
    public let vouchedOnly = Message(
        "audit_verify.vouched_only", en: "vouched for by others only", zh: "仅由他人担保的值")
    public let repeats = Message(
        "audit_verify.repeats", en: "came under two keys", zh: "以两个密钥到达的改动")
    public let problemCount = Message(
        "audit_verify.problem_count",
        en: "NOT OK: {n} {n|problem|problems}.",
        zh: "未通过：发现 {n} 处问题。")
    public let incomplete = Message(
        "audit_verify.incomplete",
        en: "The verification could not be carried to its end.",
        zh: "验证未能全部完成。")
    public let line = Message(
        "audit_verify.line",
        en: "{kind}  {place}: {text}{evidence}",
        zh: "{kind}  {place}：{text}{evidence}")
    public let evidence = Message(
        "audit_verify.evidence",
        en: " ({facts})",
        zh: "（{facts}）")
    public let more = Message(
        "audit_verify.more",
        en: "{kind}  and {n} more",
        zh: "{kind}  另有 {n} 处")
    public let checkedList = Message(
        "audit_verify.checked_list",
        en: "Checked: {list}.",
        zh: "已检查：{list}。")
    public let notChecked = Message(
        "audit_verify.not_checked",
        en: "Not checked: {check}: {reason}.",
        zh: "未检查：{check}：{reason}。")
    public let notCheckedAfter = Message(
        "audit_verify.not_checked_after",
        en: "Not checked after position {position}: {check}: {reason}.",
        zh: "位置 {position} 之后未检查：{check}：{reason}。")
    public let healed = Message(
        "audit_verify.healed",
        en:
            "Syncs have healed {n} {n|record|records} of this replica; what was there is kept in it.",
        zh: "同步曾修复本副本的 {n} 条记录；原来的内容保留在副本里。")
    public let advice = Message(
        "audit_verify.advice",
        en:
            "Keep this file as it is. Take the hub's newest verified backup and the replicas, and compare: sync-audit diff.",
        zh: "请原样保留此文件。取中心最近一次经过验证的备份和各副本，用 sync-audit diff 比对。")

    // The facts.
    public let subject = Message("audit_verify.subject", en: "File", zh: "文件")
    public let hubData = Message(
        "audit_verify.hub_data",
        en: "hub's data",
        zh: "中心数据")
    public let replica = Message("audit_verify.replica", en: "replica", zh: "副本")
    public let space = Message("audit_verify.space", en: "Space", zh: "空间")
    public let hubKey = Message(
        "audit_verify.hub_key",
        en: "Hub's key",
        zh: "中心公钥")
    public let epoch = Message("audit_verify.epoch", en: "Epoch", zh: "纪元")
    public let head = Message("audit_verify.head", en: "Head", zh: "日志头")
    public let headValue = Message(
        "audit_verify.head_value",
        en: "size {size}, root {root}, {time} UTC",
        zh: "长度 {size}，根 {root}，{time} UTC")
    public let batches = Message("audit_verify.batches", en: "Batches", zh: "批次")
    public let changes = Message("audit_verify.changes", en: "Changes", zh: "修改")
    public let quarantined = Message(
        "audit_verify.quarantined",
        en: "Quarantined",
        zh: "已隔离")
    public let suspect = Message(
        "audit_verify.suspect",
        en: "Suspect clock",
        zh: "时钟存疑")
    public let receipts = Message("audit_verify.receipts", en: "Receipts", zh: "签收")
    public let pending = Message("audit_verify.pending", en: "Pending", zh: "待发送")
    public let records = Message("audit_verify.records", en: "Records", zh: "记录")
    public let noHead = Message("audit_verify.no_head", en: "none", zh: "无")

    // Places.
    public let placeFile = Message("audit_verify.place_file", en: "file", zh: "文件")
    public let placePosition = Message(
        "audit_verify.place_position",
        en: "position {position}",
        zh: "位置 {position}")
    public let placePositions = Message(
        "audit_verify.place_positions",
        en: "positions {first} to {last}",
        zh: "位置 {first} 至 {last}")
    public let placeRow = Message(
        "audit_verify.place_row",
        en: "{table} row {row}",
        zh: "表 {table} 第 {row} 行")
    public let formatHelp = Message(
        "audit_verify.format_help",
        en: "json: our own, for verify; note: the signed note of other transparency logs, "
            + "from a hub's address",
        zh: "json：本程序的格式，供 verify 使用；note：其他透明日志的签名 note，取自中心网址")
    public let noteByAddress = Message(
        "audit_verify.note_by_address",
        en: "A note is signed by the hub itself.",
        zh: "note 由中心自己签名。")
    public let noteByAddressMend = Message(
        "audit_verify.note_by_address_mend",
        en: "Name the hub's address in place of its folder, with --token-file.",
        zh: "请写中心的网址而不是文件夹，并加 --token-file。")
    public let placeStructure = Message(
        "audit_verify.place_structure",
        en: "the file's {name}",
        zh: "文件的 {name}")
    public let unproved = Message(
        "audit_verify.unproved",
        en: "cannot be proved from the log: {list}",
        zh: "无法由日志证明：{list}")
    public let placeBatch = Message(
        "audit_verify.place_batch",
        en: "own batch {number}",
        zh: "本机批次 {number}")
    public let placeHead = Message(
        "audit_verify.place_head",
        en: "head of size {size}",
        zh: "长度 {size} 的日志头")
    public let placeBucket = Message(
        "audit_verify.place_bucket",
        en: "digest bucket {bucket}",
        zh: "摘要分组 {bucket}")
    public let placePending = Message(
        "audit_verify.place_pending",
        en: "pending {sequence}",
        zh: "待发送 {sequence}")

    // Asking a hub.
    public let tokenHelp = Message(
        "audit_verify.token_help",
        en: "For a hub's address: the key file of an auditor's device, or a file with its token.",
        zh: "用于中心的地址：审计设备的密钥文件，或只含令牌的文件。")
    public let pinHelp = Message(
        "audit_verify.pin_help",
        en: "For a hub's https address: SHA-256 of its certificate's key, as invites pin it.",
        zh: "用于中心的 https 地址：证书公钥的 SHA-256，与邀请中的相同。")
    public let hubAddress = Message(
        "audit_verify.hub_address", en: "hub's address", zh: "中心的地址")
    public let badPin = Message(
        "audit_verify.bad_pin", en: "'{pin}' is not a certificate pin.", zh: "“{pin}”不是证书指纹。")
    public let badPinMend = Message(
        "audit_verify.bad_pin_mend", en: "Give its 64 hex digits.", zh: "请给出 64 位十六进制数字。")
    public let badToken = Message(
        "audit_verify.bad_token", en: "{path} holds no token of a joined device.",
        zh: "{path} 里没有已加入设备的令牌。")
    public let badTokenMend = Message(
        "audit_verify.bad_token_mend", en: "Name the key file beside a joined replica.",
        zh: "请指定已加入副本旁的密钥文件。")
    public let auditorsOnly = Message(
        "audit_verify.auditors_only", en: "The hub shows its journal to auditors only.",
        zh: "中心只向审计设备提供日志。")
    public let auditorsOnlyMend = Message(
        "audit_verify.auditors_only_mend",
        en: "Use the token of a device that was invited with --role auditor, or verify the hub's "
            + "data folder.",
        zh: "请使用以 --role auditor 邀请的设备的令牌，或直接验证中心的数据文件夹。")

    // Checkpoints.
    public let saved = Message(
        "audit_verify.saved",
        en: "Saved the head of size {size} in {path}.",
        zh: "已保存长度为 {size} 的日志头：{path}")
    public let savedNext = Message(
        "audit_verify.saved_next",
        en: "Keep it away from the hub. Later: sync-audit verify HUB --against {path}",
        zh: "请存放在中心以外的地方。以后运行：sync-audit verify 中心 --against {path}")
    public let notACheckpoint = Message(
        "audit_verify.not_a_checkpoint",
        en: "{path} is not a checkpoint.",
        zh: "{path} 不是检查点文件。")
    public let notACheckpointMend = Message(
        "audit_verify.not_a_checkpoint_mend",
        en: "Name a file that sync-audit checkpoint wrote.",
        zh: "请指定由 sync-audit checkpoint 生成的文件。")
    public let checkpointTooNew = Message(
        "audit_verify.checkpoint_too_new",
        en: "A newer version of FieldSync wrote the checkpoint {path}.",
        zh: "检查点 {path} 由更新版本的 FieldSync 写入。")
    public let forgedHead = Message(
        "audit_verify.forged_head",
        en: "The newest head of {path} is not signed by its hub's key.",
        zh: "{path} 的最新日志头不是其中心公钥签署的。")
    public let forgedHeadMend = Message(
        "audit_verify.forged_head_mend",
        en: "Do not build on it: run sync-audit verify.",
        zh: "请勿以它为据：运行 sync-audit verify。")
    public let noHeadYet = Message(
        "audit_verify.no_head_yet",
        en: "{path} holds no head of a hub yet.",
        zh: "{path} 里还没有中心的日志头。")
    public let noHeadYetMend = Message(
        "audit_verify.no_head_yet_mend",
        en: "Sync first, or name the hub's data folder.",
        zh: "请先同步，或指定中心的数据文件夹。")
    public let notTheJournal = Message(
        "audit_verify.not_the_journal",
        en: "The newest head of {path} is not that of its journal.",
        zh: "{path} 的最新日志头与其日志不符。")
    public let badKey = Message(
        "audit_verify.bad_key",
        en: "'{key}' is not a public key.",
        zh: "“{key}”不是公钥。")
    public let badKeyMend = Message(
        "audit_verify.bad_key_mend",
        en: "Give its 64 hex digits, as sync-hub status --json shows hub_key.",
        zh: "请给出 64 位十六进制数字，见 sync-hub status --json 的 hub_key。")
    public let onlyHub = Message(
        "audit_verify.only_hub",
        en: "--since binds a hub's log, and {path} is a replica.",
        zh: "--since 用于核对中心的日志，而 {path} 是副本。")
    public let onlyHubMend = Message(
        "audit_verify.only_hub_mend",
        en: "Name the hub's data folder, or leave --since out.",
        zh: "请指定中心的数据文件夹，或去掉 --since。")
}

extension Messages {
    public static let auditVerify = AuditVerifyMessages()
}
