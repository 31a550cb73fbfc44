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
        en: "A replica, or another copy of the hub, whose heads and receipts this log must keep.",
        zh: "副本或中心的另一份拷贝：本日志必须包含其日志头与签收。")
    public let sinceHelp = Message(
        "audit_verify.since_help",
        en: "A checkpoint that was saved earlier.",
        zh: "之前保存的检查点。")
    public let keyHelp = Message(
        "audit_verify.key_help",
        en: "The hub's public key as you know it from elsewhere.",
        zh: "你从别处得知的中心公钥。")
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
    public let okReplica = Message(
        "audit_verify.ok_replica",
        en: "OK: the records, batches and receipts are whole.",
        zh: "通过：记录、批次与签收完好。")
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

    // Kinds of problems.
    public let fileDamaged = Message(
        "audit_verify.file_damaged",
        en: "SQLite finds the file damaged",
        zh: "SQLite 发现文件已损坏")
    public let metaMissing = Message(
        "audit_verify.meta_missing",
        en: "the file does not say whose it is",
        zh: "文件没有说明自己属于谁")
    public let rowDiffers = Message(
        "audit_verify.row_differs",
        en: "a row beside the journal does not fit it",
        zh: "日志旁的一行数据与日志不符")
    public let batchMissing = Message(
        "audit_verify.batch_missing",
        en: "the batch is not there",
        zh: "批次缺失")
    public let batchDamaged = Message(
        "audit_verify.batch_damaged",
        en: "the batch cannot be unpacked",
        zh: "批次无法解压")
    public let batchAltered = Message(
        "audit_verify.batch_altered",
        en: "the batch is not the one that was signed",
        zh: "批次内容与签名时不同")
    public let batchMoved = Message(
        "audit_verify.batch_moved",
        en: "the batch belongs to another position",
        zh: "批次不在它原来的位置")
    public let batchInvalid = Message(
        "audit_verify.batch_invalid",
        en: "the batch breaks the protocol's form",
        zh: "批次不符合协议格式")
    public let chainBroken = Message(
        "audit_verify.chain_broken",
        en: "the batch does not go on from its device's batch before",
        zh: "批次没有接上该设备的前一个批次")
    public let deviceUnknown = Message(
        "audit_verify.device_unknown",
        en: "the device is not enrolled in the journal before this",
        zh: "日志在此之前没有登记过这台设备")
    public let deviceRevoked = Message(
        "audit_verify.device_revoked",
        en: "the device had been revoked",
        zh: "该设备此前已被停用")
    public let signatureInvalid = Message(
        "audit_verify.signature_invalid",
        en: "the signature is not the device's",
        zh: "签名不是该设备的签名")
    public let leafAltered = Message(
        "audit_verify.leaf_altered",
        en: "what the hub decided is not what it signed",
        zh: "中心的裁定与其签名时不同")
    public let treeAltered = Message(
        "audit_verify.tree_altered",
        en: "the stored tree is not that of the journal",
        zh: "保存的哈希树与日志不符")
    public let headForged = Message(
        "audit_verify.head_forged",
        en: "the hub did not sign this head",
        zh: "这个日志头不是中心签署的")
    public let timeBackwards = Message(
        "audit_verify.time_backwards",
        en: "it was received before the batch in front of it",
        zh: "接收时间早于前一个批次")
    public let epochUnknown = Message(
        "audit_verify.epoch_unknown",
        en: "the journal opened no such epoch",
        zh: "日志里没有开启过这个纪元")
    public let rulesUnknown = Message(
        "audit_verify.rules_unknown",
        en: "ruled by rules that this version does not know",
        zh: "裁定所用的规则本版本不认识")
    public let verdictDiffers = Message(
        "audit_verify.verdict_differs",
        en: "the rules lead to another verdict",
        zh: "按规则得出的裁定与此不同")
    public let digestDiffers = Message(
        "audit_verify.digest_differs",
        en: "the records are not those of the signed digest",
        zh: "记录与签署的摘要不符")
    public let recordAltered = Message(
        "audit_verify.record_altered",
        en: "the record is not what was signed for it",
        zh: "记录与签名的内容不同")
    public let recordMissing = Message(
        "audit_verify.record_missing",
        en: "the record is not there",
        zh: "记录缺失")
    public let recordAdded = Message(
        "audit_verify.record_added",
        en: "no batch made this record",
        zh: "没有任何批次产生过这条记录")
    public let conflictMissing = Message(
        "audit_verify.conflict_missing",
        en: "the conflict is not listed any more",
        zh: "冲突已不在列表里")
    public let digestRowDiffers = Message(
        "audit_verify.digest_row_differs",
        en: "the stored digest does not fit the records",
        zh: "保存的摘要与记录不符")
    public let receiptInvalid = Message(
        "audit_verify.receipt_invalid",
        en: "the receipt does not count",
        zh: "签收无效")
    public let headsConflict = Message(
        "audit_verify.heads_conflict",
        en: "the hub signed two logs of one size",
        zh: "中心对同一长度签署了两份不同的日志")
    public let pendingDamaged = Message(
        "audit_verify.pending_damaged",
        en: "what waits to be sent is not what was saved",
        zh: "待发送的内容与保存时不同")
    public let hubKeyDiffers = Message(
        "audit_verify.hub_key_differs",
        en: "the hub's key is another one",
        zh: "中心的公钥不同")
    public let spaceDiffers = Message(
        "audit_verify.space_differs",
        en: "it is of another space",
        zh: "属于另一个空间")
    public let tailCut = Message(
        "audit_verify.tail_cut",
        en: "it holds a head that is longer than the journal: the end was cut off",
        zh: "它持有的日志头比现在的日志长：日志尾部被截掉了")
    public let logRewritten = Message(
        "audit_verify.log_rewritten",
        en: "it holds a head that the journal does not lead to: the log was rewritten",
        zh: "它持有的日志头与现在的日志对不上：日志被改写过")
    public let receiptMissing = Message(
        "audit_verify.receipt_missing",
        en: "it holds a receipt for a batch that is not there",
        zh: "它持有签收的批次已不在日志里")

    // What a problem's facts are.
    public let factExpected = Message(
        "audit_verify.fact_expected",
        en: "expected {value}",
        zh: "应为 {value}")
    public let factFound = Message(
        "audit_verify.fact_found",
        en: "found {value}",
        zh: "实为 {value}")
    public let factFields = Message(
        "audit_verify.fact_fields",
        en: "in {value}",
        zh: "涉及 {value}")
    public let factDevice = Message(
        "audit_verify.fact_device",
        en: "device {value}",
        zh: "设备 {value}")
    public let factNumber = Message(
        "audit_verify.fact_number",
        en: "batch {value}",
        zh: "批次号 {value}")
    public let factPosition = Message(
        "audit_verify.fact_position",
        en: "position {value}",
        zh: "位置 {value}")
    public let factSize = Message(
        "audit_verify.fact_size",
        en: "size {value}",
        zh: "长度 {value}")
    public let factReason = Message(
        "audit_verify.fact_reason",
        en: "why {value}",
        zh: "原因 {value}")
    public let factFirst = Message(
        "audit_verify.fact_first",
        en: "changed at {value}",
        zh: "改动位置 {value}")
    public let factCount = Message(
        "audit_verify.fact_count",
        en: "heads {value}",
        zh: "日志头数 {value}")
    public let factRecords = Message(
        "audit_verify.fact_records",
        en: "records {value}",
        zh: "记录 {value}")
    public let factEpoch = Message(
        "audit_verify.fact_epoch",
        en: "epoch {value}",
        zh: "纪元 {value}")
    public let factColumn = Message(
        "audit_verify.fact_column",
        en: "column {value}",
        zh: "列 {value}")

    // Checks.
    public let checkFile = Message(
        "audit_verify.check_file",
        en: "the file itself (SQLite)",
        zh: "文件本身（SQLite）")
    public let checkBatches = Message(
        "audit_verify.check_batches",
        en: "batches: order, content, chains, signatures",
        zh: "批次：顺序、内容、链接、签名")
    public let checkTree = Message(
        "audit_verify.check_tree",
        en: "the tree of what the hub decided",
        zh: "中心裁定的哈希树")
    public let checkHeads = Message(
        "audit_verify.check_heads",
        en: "signed heads",
        zh: "签署的日志头")
    public let checkVerdicts = Message(
        "audit_verify.check_verdicts",
        en: "verdicts and conflicts, derived again",
        zh: "重新推导的裁定与冲突")
    public let checkRecords = Message(
        "audit_verify.check_records",
        en: "the records",
        zh: "记录")
    public let checkDigest = Message(
        "audit_verify.check_digest",
        en: "the digest",
        zh: "摘要")
    public let checkReceipts = Message(
        "audit_verify.check_receipts",
        en: "receipts",
        zh: "签收")
    public let checkPending = Message(
        "audit_verify.check_pending",
        en: "what waits to be sent",
        zh: "待发送的内容")
    public let checkStateAtHead = Message(
        "audit_verify.check_state_at_head",
        en: "the records against the hub's signed digest",
        zh: "记录与中心签署的摘要")
    public let checkHubKey = Message(
        "audit_verify.check_hub_key",
        en: "the hub's key",
        zh: "中心的公钥")
    public let checkHistory = Message(
        "audit_verify.check_history",
        en: "that nothing was cut off or rewritten",
        zh: "日志没有被截断或改写")
    public let checkWholeLog = Message(
        "audit_verify.check_whole_log",
        en: "the whole log, others' batches",
        zh: "整个日志及其他设备的批次")

    // Why a check was not made.
    public let whyKeyFromFile = Message(
        "audit_verify.why_key_from_file",
        en: "the key was taken from the file itself: give --hub-key",
        zh: "公钥取自文件本身：请用 --hub-key 指定")
    public let whyNothingHeld = Message(
        "audit_verify.why_nothing_held",
        en: "nobody else's heads were given: use --against REPLICA or --since CHECKPOINT",
        zh: "没有给出别处保存的日志头：请用 --against 副本 或 --since 检查点")
    public let whyReplayEnded = Message(
        "audit_verify.why_replay_ended",
        en: "the replay ends there: what comes after cannot be derived",
        zh: "重演到此为止：之后的内容无法推导")
    public let whyTreeLost = Message(
        "audit_verify.why_tree_lost",
        en: "the tree cannot be followed past there",
        zh: "哈希树从那里起无法继续")
    public let whyRulesUnknown = Message(
        "audit_verify.why_rules_unknown",
        en: "the rules are newer than this program",
        zh: "规则比本程序新")
    public let whyUnreadable = Message(
        "audit_verify.why_unreadable",
        en: "the file cannot be read to its end",
        zh: "文件无法读到末尾")
    public let whyChangesPending = Message(
        "audit_verify.why_changes_pending",
        en: "changes are pending: the records are at no head",
        zh: "有待发送的修改：记录不对应任何日志头")
    public let whySyncUnfinished = Message(
        "audit_verify.why_sync_unfinished",
        en: "the last sync did not come to its end",
        zh: "上一次同步没有完成")
    public let whyNeverSynced = Message(
        "audit_verify.why_never_synced",
        en: "it has not joined or never synced",
        zh: "尚未加入或从未同步")
    public let whyNotInReplica = Message(
        "audit_verify.why_not_in_replica",
        en: "a replica does not hold it: verify the hub's data folder",
        zh: "副本里没有：请验证中心的数据文件夹")
    public let whyNotServed = Message(
        "audit_verify.why_not_served",
        en: "the hub serves no more than its newest head",
        zh: "中心只提供最新的日志头")
    public let whyNotFetched = Message(
        "audit_verify.why_not_fetched",
        en: "only their digest was asked for: sync-audit diff compares the records",
        zh: "只核对了摘要：比对记录请用 sync-audit diff")
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
    public let whyAnotherEpoch = Message(
        "audit_verify.why_another_epoch",
        en: "a head is of an epoch that the hub has left",
        zh: "有日志头属于中心已离开的纪元")

    // Checkpoints.
    public let saved = Message(
        "audit_verify.saved",
        en: "Saved the head of size {size} in {path}.",
        zh: "已保存长度为 {size} 的日志头：{path}")
    public let savedNext = Message(
        "audit_verify.saved_next",
        en: "Keep it away from the hub. Later: sync-audit verify HUB --since {path}",
        zh: "请存放在中心以外的地方。以后运行：sync-audit verify 中心 --since {path}")
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
