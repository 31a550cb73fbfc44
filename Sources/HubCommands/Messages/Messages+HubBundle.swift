public import CommandKit

/// What `sync-hub import` says.
public struct HubBundleMessages: MessageTopic {
    public let abstract = Message(
        "hub_bundle.abstract",
        en: "Take what devices wrote from bundles, and write one answer to be carried back.",
        zh: "从离线包接收设备的内容，并生成一个答复文件带回。")
    public let filesHelp = Message(
        "hub_bundle.files_help", en: "The bundles to read.", zh: "要读取的离线包。")
    public let answerHelp = Message(
        "hub_bundle.answer_help",
        en: "Where to write the answer. Default: NAME.answer.fsb beside the first bundle.",
        zh: "答复写到哪里；默认在第一个离线包旁边，叫 名称.answer.fsb。")

    public let enrolled = Message(
        "hub_bundle.enrolled",
        en: "{n} {n|device|devices} let in.", zh: "同意加入的设备：{n} 台。")
    public let taken = Message(
        "hub_bundle.taken",
        en: "{n} new {n|batch|batches} taken with {changes} {changes|change|changes}; "
            + "{repeated} {repeated|was|were} here already.",
        zh: "接收 {n} 批，共 {changes} 处改动；另有 {repeated} 批此前已有。")
    public let answered = Message(
        "hub_bundle.answered",
        en: "{n} {n|device gets|devices get} what is new ({pages} {pages|page|pages}).",
        zh: "已为 {n} 台设备备好最新内容（{pages} 页）。")
    public let answer = Message(
        "hub_bundle.answer",
        en: "The answer is {file}. Have it carried back; whoever holds it can read it.",
        zh: "答复文件：{file}。请捎回去；拿到文件的人都能看到内容。")
    public let nothing = Message(
        "hub_bundle.nothing",
        en: "There was nothing for the hub in it.", zh: "其中没有给中心的内容。")
    public let incomplete = Message(
        "hub_bundle.incomplete",
        en: "For {n} {n|device|devices} not all fitted into the answer; the next bundle asks for "
            + "the rest.",
        zh: "有 {n} 台设备的答复放不下，下一个离线包会索取其余部分。")
    public let unknown = Message(
        "hub_bundle.unknown",
        en: "{n} {n|item is|items are} of a newer kind and {n|was|were} passed over. "
            + "Update this program.",
        zh: "有 {n} 项属于更新的类型，已跳过。请更新本程序。")
    public let refused = Message(
        "hub_bundle.refused",
        en: "Not taken: {kind} of {device}: {reason}.", zh: "未接收：{device} 的{kind}：{reason}。")
    public let moreRefused = Message(
        "hub_bundle.more_refused",
        en: "And {n} more that were not taken.", zh: "另有 {n} 项未接收。")
    public let someone = Message("hub_bundle.someone", en: "an unknown device", zh: "未知设备")

    // Why an item is refused, and what to do.
    public let signature = Message(
        "hub_bundle.signature",
        en: "the signature is not the device's: it was changed or made up on the way",
        zh: "签名不是该设备的：途中被改动，或是伪造的")
    public let signatureMend = Message(
        "hub_bundle.signature_mend",
        en: "Have the device make a new bundle; ask who carried this one.",
        zh: "请让该设备重新生成离线包，并了解是谁捎带的。")
    public let notEnrolled = Message(
        "hub_bundle.not_enrolled", en: "the device is not enrolled here", zh: "该设备没有加入本中心")
    public let invite = Message(
        "hub_bundle.invite",
        en: "its invite has expired, was used by another device, or is not known",
        zh: "邀请码已过期、已被别的设备使用，或不存在")
    public let inviteMend = Message(
        "hub_bundle.invite_mend",
        en: "Make a new invite: sync-hub invite --name NAME --expires 7d. On the device: "
            + "sync-field join INVITE --offline",
        zh: "请生成新的邀请码：sync-hub invite --name 名称 --expires 7d。"
            + "在设备上：sync-field join 邀请码 --offline")
    public let revoked = Message(
        "hub_bundle.revoked", en: "the device was revoked", zh: "该设备已被停用")
    public let revokedMend = Message(
        "hub_bundle.revoked_mend",
        en: "If it should be let in again: sync-hub device restore ID",
        zh: "若要重新启用：sync-hub device restore 编号")
    public let ahead = Message(
        "hub_bundle.ahead",
        en: "an earlier batch of the device is missing", zh: "缺少该设备更早的批次")
    public let aheadMend = Message(
        "hub_bundle.ahead_mend",
        en: "Import the earlier bundle too, or have the device make a new one.",
        zh: "请同时导入更早的离线包，或让该设备重新生成。")
    public let copied = Message(
        "hub_bundle.copied",
        en: "another batch has this place: a copy of the replica wrote under its key",
        zh: "这个位置已有另一个批次：有一份副本用同一把密钥写过内容")
    public let copiedMend = Message(
        "hub_bundle.copied_mend",
        en:
            "Nobody has to act: the answer tells the device, and its copy goes on under a key of its "
            + "own with its next bundles.",
        zh: "无需处理：答复会告知该设备，副本会在之后的离线包里换用自己的密钥。")
    public let restored = Message(
        "hub_bundle.restored",
        en: "the device has seen a later state of this hub than the hub has",
        zh: "该设备见过本中心更新的状态")
    public let restoredMend = Message(
        "hub_bundle.restored_mend",
        en: "Nobody has to act: the device brings what this hub lacks with its next bundles.",
        zh: "无需处理：该设备会在之后的离线包里带来本中心缺少的内容。")

    // The answer's file.
    public let answerExists = Message(
        "hub_bundle.answer_exists",
        en: "{path} is there and is not an answer of this hub; it was left alone.",
        zh: "{path} 已存在，且不是本中心的答复文件，没有改动它。")
    public let answerExistsMend = Message(
        "hub_bundle.answer_exists_mend",
        en: "Name another file with --answer FILE.", zh: "请用 --answer 文件 指定另一个文件名。")
}

extension Messages {
    public static let hubBundle = HubBundleMessages()
}
