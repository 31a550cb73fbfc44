public import CommandKit

/// What `sync-audit prove` and `check-proof` say.
public struct AuditProofMessages: MessageTopic {
    // Help.
    public let proveAbstract = Message(
        "audit_proof.prove_abstract",
        en: "Write a proof that a record's changes are in the hub's log.",
        zh: "生成证明：某条记录的修改确实在中心的日志里。")
    public let checkAbstract = Message(
        "audit_proof.check_abstract", en: "Check a proof offline, by the hub's key alone.",
        zh: "离线检查证明，只需要中心的公钥。")
    public let outputHelp = Message(
        "audit_proof.output_help", en: "A new file to write; else to standard output.",
        zh: "要写入的新文件；不写则输出到标准输出。")
    public let proofHelp = Message(
        "audit_proof.proof_help", en: "The proof's file.", zh: "证明文件。")
    public let keyHelp = Message(
        "audit_proof.key_help", en: "The hub's public key, from sync-hub init or status.",
        zh: "中心的公钥，见 sync-hub init 或 status。")

    // Making.
    public let made = Message(
        "audit_proof.made",
        en: "Proof of {n} {n|change|changes} in {path}.", zh: "已生成证明，含 {n} 处修改：{path}")
    public let madeNext = Message(
        "audit_proof.made_next",
        en: "Anyone can check it: sync-audit check-proof FILE --hub-key {key}",
        zh: "任何人都可以检查：sync-audit check-proof 文件 --hub-key {key}")
    public let notLogged = Message(
        "audit_proof.not_logged", en: "No batch of this file's log names {record}.",
        zh: "本文件的日志里没有提到 {record} 的批次。")
    public let notLoggedMend = Message(
        "audit_proof.not_logged_mend",
        en: "A device's file proves only its own receipted changes: sync first, or ask the hub's "
            + "file.",
        zh: "设备文件只能证明本机已签收的修改：请先同步，或使用中心的文件。")
    public let noHub = Message(
        "audit_proof.no_hub", en: "{path} has no hub's key.", zh: "{path} 里没有中心的公钥。")
    public let noHubMend = Message(
        "audit_proof.no_hub_mend", en: "Only the log of a hub proves anything: join one first.",
        zh: "只有中心的日志才能作证：请先加入中心。")
    public let broken = Message(
        "audit_proof.broken", en: "The log of {path} does not hold together ({kind} {place}).",
        zh: "{path} 的日志对不上（{kind} {place}）。")
    public let brokenMend = Message(
        "audit_proof.broken_mend", en: "See what is wrong with it: sync-audit verify",
        zh: "请检查哪里有问题：sync-audit verify")

    // Checking.
    public let badKey = Message(
        "audit_proof.bad_key", en: "{key} is not a hub's key.", zh: "{key} 不是中心的公钥。")
    public let badKeyMend = Message(
        "audit_proof.bad_key_mend",
        en: "Give the 64 hex digits of hub_key that sync-hub status --json prints.",
        zh: "请写 sync-hub status --json 给出的 hub_key，共 64 位十六进制数字。")
    public let holds = Message(
        "audit_proof.holds", en: "The proof holds.", zh: "证明成立。")
    public let fails = Message(
        "audit_proof.fails", en: "The file proves nothing: {reason} {place}",
        zh: "该文件不能作为证明：{reason} {place}")
    public let headLine = Message(
        "audit_proof.head_line", en: "Log of {size} batches, head of {time} UTC, root {root}",
        zh: "日志共 {size} 批，头部时间 {time} UTC，根 {root}")
    public let changeLine = Message(
        "audit_proof.change_line", en: "{time} UTC  {device}  position {position}",
        zh: "{time} UTC  {device}  位置 {position}")
    public let received = Message(
        "audit_proof.received", en: "received {time} UTC, batch {batch} of the device",
        zh: "{time} UTC 签收，该设备第 {batch} 批")
    public let enrolled = Message(
        "audit_proof.enrolled",
        en: "device {device}, enrolled as {name} ({role}) at position {position}",
        zh: "设备 {device}，登记为 {name}（{role}），位置 {position}")
    public let hubItself = Message(
        "audit_proof.hub_itself", en: "the hub itself", zh: "中心本身")
    public let notEnrolled = Message(
        "audit_proof.not_enrolled",
        en: "device {device}: the key fits its id; its enrolment is not in the file",
        zh: "设备 {device}：公钥与编号相符；文件里没有它的登记")
    public let settles = Message(
        "audit_proof.settles", en: "settles conflict {id}", zh: "处理冲突 {id}")
    public let notShown = Message(
        "audit_proof.not_shown",
        en: "It does not show that there are no other changes to the record, nor what the record "
            + "holds now, nor that the claimed times are true.",
        zh: "它不能说明该记录没有其他修改，不能说明记录现在的内容，也不能说明设备自报的时间属实。")

    // Why a proof fails, by kind.
    public let form = Message(
        "audit_proof.form", en: "it is not of a proof's form", zh: "格式不是证明文件")
    public let notCanonical = Message(
        "audit_proof.not_canonical", en: "it is not written in the canonical way",
        zh: "写法不是规范形式")
    public let tooLarge = Message("audit_proof.too_large", en: "it is too large", zh: "文件过大")
    public let head = Message(
        "audit_proof.head", en: "the hub's key did not sign the head of size",
        zh: "头部不是由该中心公钥签名，批数")
    public let headMissing = Message(
        "audit_proof.head_missing", en: "heads and batches do not fit, at size",
        zh: "头部与批次不对应，批数")
    public let leaf = Message(
        "audit_proof.leaf", en: "the hub's leaf is not that of the batch at position",
        zh: "中心的记载与批次不符，位置")
    public let signature = Message(
        "audit_proof.signature", en: "the device did not sign the batch at position",
        zh: "批次不是由该设备签名，位置")
    public let notIncluded = Message(
        "audit_proof.not_included", en: "the log does not hold the batch at position",
        zh: "日志里没有该批次，位置")
    public let device = Message(
        "audit_proof.device", en: "no enrolment fits the device", zh: "没有与设备相符的登记")
    public let notNamed = Message(
        "audit_proof.not_named", en: "the record is not in the batch at position",
        zh: "批次里没有该记录，位置")
    public let order = Message(
        "audit_proof.order", en: "its parts are not in order, at", zh: "各部分顺序不对，位于")
    public let empty = Message("audit_proof.empty", en: "it holds no batch", zh: "里面没有批次")
}

extension Messages {
    public static let auditProof = AuditProofMessages()
}
