public import CommandKit

/// What a verification finds wrong, and by which facts one sees it.
public struct AuditProblemsMessages: MessageTopic {
    // Kinds of problems.
    public let fileDamaged = Message(
        "audit_problems.file_damaged",
        en: "SQLite finds the file damaged",
        zh: "SQLite 发现文件已损坏")
    public let metaMissing = Message(
        "audit_problems.meta_missing",
        en: "the file does not say whose it is",
        zh: "文件没有说明自己属于谁")
    public let rowDiffers = Message(
        "audit_problems.row_differs",
        en: "a row beside the journal does not fit it",
        zh: "日志旁的一行数据与日志不符")
    public let structureAltered = Message(
        "audit_problems.structure_altered",
        en: "the file is not built as FieldSync builds it",
        zh: "文件的结构不是本程序所建的样子")
    public let classAltered = Message(
        "audit_problems.class_altered",
        en: "a value is stored in another way than FieldSync stores it",
        zh: "某个值的存储方式不是本程序的方式")
    public let accessForged = Message(
        "audit_problems.access_forged",
        en: "a token or an invite that the hub did not make",
        zh: "令牌或邀请并非由中心签发")
    public let batchMissing = Message(
        "audit_problems.batch_missing",
        en: "the batch is not there",
        zh: "批次缺失")
    public let batchDamaged = Message(
        "audit_problems.batch_damaged",
        en: "the batch cannot be unpacked",
        zh: "批次无法解压")
    public let batchAltered = Message(
        "audit_problems.batch_altered",
        en: "the batch is not the one that was signed",
        zh: "批次内容与签名时不同")
    public let batchMoved = Message(
        "audit_problems.batch_moved",
        en: "the batch belongs to another position",
        zh: "批次不在它原来的位置")
    public let batchInvalid = Message(
        "audit_problems.batch_invalid",
        en: "the batch breaks the protocol's form",
        zh: "批次不符合协议格式")
    public let chainBroken = Message(
        "audit_problems.chain_broken",
        en: "the batch does not go on from its device's batch before",
        zh: "批次没有接上该设备的前一个批次")
    public let deviceUnknown = Message(
        "audit_problems.device_unknown",
        en: "the device is not enrolled in the journal before this",
        zh: "日志在此之前没有登记过这台设备")
    public let deviceRevoked = Message(
        "audit_problems.device_revoked",
        en: "the device had been revoked",
        zh: "该设备此前已被停用")
    public let signatureInvalid = Message(
        "audit_problems.signature_invalid",
        en: "the signature is not the device's",
        zh: "签名不是该设备的签名")
    public let leafAltered = Message(
        "audit_problems.leaf_altered",
        en: "what the hub decided is not what it signed",
        zh: "中心的裁定与其签名时不同")
    public let treeAltered = Message(
        "audit_problems.tree_altered",
        en: "the stored tree is not that of the journal",
        zh: "保存的哈希树与日志不符")
    public let headForged = Message(
        "audit_problems.head_forged",
        en: "the hub did not sign this head",
        zh: "这个日志头不是中心签署的")
    public let timeBackwards = Message(
        "audit_problems.time_backwards",
        en: "it was received before the batch in front of it",
        zh: "接收时间早于前一个批次")
    public let epochUnknown = Message(
        "audit_problems.epoch_unknown",
        en: "the journal opened no such epoch",
        zh: "日志里没有开启过这个纪元")
    public let healingForged = Message(
        "audit_problems.healing_forged",
        en: "what it brings of a lost history is not the hub's, or not its device's",
        zh: "它带来的旧历史不是中心签署的，或不属于该设备")
    public let rulesUnknown = Message(
        "audit_problems.rules_unknown",
        en: "ruled by rules that this version does not know",
        zh: "裁定所用的规则本版本不认识")
    public let verdictDiffers = Message(
        "audit_problems.verdict_differs",
        en: "the rules lead to another verdict",
        zh: "按规则得出的裁定与此不同")
    public let digestDiffers = Message(
        "audit_problems.digest_differs",
        en: "the records are not those of the signed digest",
        zh: "记录与签署的摘要不符")
    public let recordAltered = Message(
        "audit_problems.record_altered",
        en: "the record is not what was signed for it",
        zh: "记录与签名的内容不同")
    public let recordMissing = Message(
        "audit_problems.record_missing",
        en: "the record is not there",
        zh: "记录缺失")
    public let recordAdded = Message(
        "audit_problems.record_added",
        en: "no batch made this record",
        zh: "没有任何批次产生过这条记录")
    public let conflictMissing = Message(
        "audit_problems.conflict_missing",
        en: "the conflict is not listed any more",
        zh: "冲突已不在列表里")
    public let digestRowDiffers = Message(
        "audit_problems.digest_row_differs",
        en: "the stored digest does not fit the records",
        zh: "保存的摘要与记录不符")
    public let receiptInvalid = Message(
        "audit_problems.receipt_invalid",
        en: "the receipt does not count",
        zh: "签收无效")
    public let headsConflict = Message(
        "audit_problems.heads_conflict",
        en: "the hub signed two logs of one size",
        zh: "中心对同一长度签署了两份不同的日志")
    public let pendingDamaged = Message(
        "audit_problems.pending_damaged",
        en: "what waits to be sent is not what was saved",
        zh: "待发送的内容与保存时不同")
    public let hubKeyDiffers = Message(
        "audit_problems.hub_key_differs",
        en: "the hub's key is another one",
        zh: "中心的公钥不同")
    public let spaceDiffers = Message(
        "audit_problems.space_differs",
        en: "it is of another space",
        zh: "属于另一个空间")
    public let tailCut = Message(
        "audit_problems.tail_cut",
        en: "it holds a head that is longer than the journal: the end was cut off",
        zh: "它持有的日志头比现在的日志长：日志尾部被截掉了")
    public let logRewritten = Message(
        "audit_problems.log_rewritten",
        en: "it holds a head that the journal does not lead to: the log was rewritten",
        zh: "它持有的日志头与现在的日志对不上：日志被改写过")
    public let receiptMissing = Message(
        "audit_problems.receipt_missing",
        en: "it holds a receipt for a batch that is not there",
        zh: "它持有签收的批次已不在日志里")

    // What a problem's facts are.
    public let factExpected = Message(
        "audit_problems.fact_expected",
        en: "expected {value}",
        zh: "应为 {value}")
    public let factFound = Message(
        "audit_problems.fact_found",
        en: "found {value}",
        zh: "实为 {value}")
    public let factFields = Message(
        "audit_problems.fact_fields",
        en: "in {value}",
        zh: "涉及 {value}")
    public let factDevice = Message(
        "audit_problems.fact_device",
        en: "device {value}",
        zh: "设备 {value}")
    public let factNumber = Message(
        "audit_problems.fact_number",
        en: "batch {value}",
        zh: "批次号 {value}")
    public let factPosition = Message(
        "audit_problems.fact_position",
        en: "position {value}",
        zh: "位置 {value}")
    public let factSize = Message(
        "audit_problems.fact_size",
        en: "size {value}",
        zh: "长度 {value}")
    public let factReason = Message(
        "audit_problems.fact_reason",
        en: "why {value}",
        zh: "原因 {value}")
    public let factFirst = Message(
        "audit_problems.fact_first",
        en: "changed at {value}",
        zh: "改动位置 {value}")
    public let factCount = Message(
        "audit_problems.fact_count",
        en: "heads {value}",
        zh: "日志头数 {value}")
    public let factRecords = Message(
        "audit_problems.fact_records",
        en: "records {value}",
        zh: "记录 {value}")
    public let factEpoch = Message(
        "audit_problems.fact_epoch",
        en: "epoch {value}",
        zh: "纪元 {value}")
    public let factColumn = Message(
        "audit_problems.fact_column",
        en: "column {value}",
        zh: "列 {value}")
}

extension Messages {
    public static let auditProblems = AuditProblemsMessages()
}
