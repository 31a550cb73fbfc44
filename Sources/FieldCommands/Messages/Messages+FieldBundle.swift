public import CommandKit

/// What `sync-field bundle` and `join --offline` say.
public struct FieldBundleMessages: MessageTopic {
    // Help.
    public let bundle = Message(
        "field_bundle.bundle",
        en: "Exchange with the hub by files that anyone carries, without a network.",
        zh: "没有网络时，用文件与中心交换数据，可由任何人捎带。")
    public let export = Message(
        "field_bundle.export",
        en: "Write what the hub should get into one file.", zh: "把要交给中心的内容写进一个文件。")
    public let exportFile = Message(
        "field_bundle.export_file",
        en: "The file to make, usually NAME.fsb.", zh: "要生成的文件，一般叫 名称.fsb。")
    public let take = Message(
        "field_bundle.import",
        en: "Take the hub's answers from files, and hold what is for others to pass it on.",
        zh: "从文件接收中心的答复；属于别人的内容代为保存并转交。")
    public let importFiles = Message(
        "field_bundle.import_files", en: "The files to read.", zh: "要读取的文件。")
    public let offline = Message(
        "field_bundle.offline",
        en: "Take the invite without reaching the hub: the request travels in a bundle.",
        zh: "不连接中心就使用邀请码：加入申请随离线包送交。")

    // join --offline.
    public let asked = Message(
        "field_bundle.asked",
        en: "The invite is kept. This device asks hub {url} to let it join with the next bundle.",
        zh: "邀请码已保存。本机将在下一个离线包里向中心 {url} 申请加入。")
    public let askedNext = Message(
        "field_bundle.asked_next",
        en: "Next: sync-field bundle export FILE.fsb, and have it carried to the operator before "
            + "the invite expires. With a network, sync-field sync joins by itself.",
        zh: "下一步：sync-field bundle export 文件.fsb，在邀请码过期前捎给管理员。有网络时，"
            + "sync-field sync 会自动加入。")
    public let waitingToJoin = Message(
        "field_bundle.waiting_to_join",
        en: "asked {url} to join; no answer yet", zh: "已向 {url} 申请加入，尚无答复")
    public let carriedLabel = Message(
        "field_bundle.carried_label", en: "Carried for others", zh: "代人捎带")

    // Export.
    public let exported = Message(
        "field_bundle.exported",
        en: "Wrote {file}: {n} {n|change|changes} of this device, and its question for news.",
        zh: "已写入 {file}：本机的 {n} 处改动，以及更新请求。")
    public let exportedJoin = Message(
        "field_bundle.exported_join",
        en: "It asks the hub to let this device join.", zh: "其中包含本机的加入申请。")
    public let exportedCarried = Message(
        "field_bundle.exported_carried",
        en: "It carries {n} {n|item|items} of other devices.", zh: "其中捎带其他设备的 {n} 项内容。")
    public let leftOut = Message(
        "field_bundle.left_out",
        en: "{n} carried {n|item|items} did not fit. Deliver this file, then make another.",
        zh: "有 {n} 项捎带内容放不下。请先送交此文件，再生成一个。")
    public let exportNext = Message(
        "field_bundle.export_next",
        en: "Nothing counts as delivered until the hub's answer comes back: "
            + "sync-field bundle import ANSWER. Whoever holds the file can read it.",
        zh: "收到中心的答复并导入之后才算送达：sync-field bundle import 答复文件。"
            + "拿到文件的人都能看到内容。")

    // Import.
    public let file = Message("field_bundle.file", en: "{file}:", zh: "{file}：")
    public let joined = Message(
        "field_bundle.joined",
        en: "The hub has let this device join as '{name}' ({role}).",
        zh: "中心已同意加入，本机称呼：“{name}”（{role}）。")
    public let receipted = Message(
        "field_bundle.receipted",
        en: "The hub has signed for {n} {n|change|changes}.", zh: "中心已签收 {n} 处改动。")
    public let carried = Message(
        "field_bundle.carried",
        en: "Holding {n} {n|item|items} of {name}, to be passed on with the next bundle.",
        zh: "代“{name}”保存 {n} 项内容，将随下一个离线包转交。")
    public let nothingNew = Message(
        "field_bundle.nothing_new",
        en: "Nothing new: all of it was here already.", zh: "没有新内容：其中的内容本机都已有。")
    public let healing = Message(
        "field_bundle.healing",
        en: "A copy or a hub that was put back is being put right. Another bundle, there and back, "
            + "goes on with it: sync-field bundle export FILE",
        zh: "正在恢复（文件被复制过，或中心退回过旧状态）。请再来回带一次离线包：sync-field bundle export 文件")
    public let incomplete = Message(
        "field_bundle.incomplete",
        en: "More is to come. Make a new bundle to ask for the rest: sync-field bundle export FILE",
        zh: "还有后续内容。请生成新的离线包索取其余部分：sync-field bundle export 文件")
    public let outdated = Message(
        "field_bundle.outdated",
        en: "{n} {n|page does|pages do} not follow what this device holds, and {n|was|were} "
            + "passed over; no harm is done. For news: sync-field bundle export FILE",
        zh: "有 {n} 页记录与本机现有内容接不上，已跳过，没有影响。要取得最新内容：sync-field bundle export 文件")
    public let notCompared = Message(
        "field_bundle.not_compared",
        en: "Not compared: some changes here wait for the hub (position {position}).",
        zh: "未核对：本机还有改动等待送交（位置 {position}）。")
    public let different = Message(
        "field_bundle.different",
        en: "This device and the hub do not hold the same. Nothing is lost. The next bundle asks "
            + "for everything anew; if it stays so, tell the operator.",
        zh: "本机与中心的内容不一致。没有丢失任何内容。下一个离线包会重新索取全部内容；若仍如此，请告知管理员。")
    public let refused = Message(
        "field_bundle.refused",
        en: "Not taken: {kind}: {reason}. Ask for the file to be made again at its source.",
        zh: "未接收：{kind}：{reason}。请在来源处重新生成该文件。")
    public let hubRefused = Message(
        "field_bundle.hub_refused",
        en: "The hub did not take the {kind}: {reason}", zh: "中心没有接收{kind}：{reason}")
    public let noRoom = Message(
        "field_bundle.no_room",
        en: "{n} {n|item|items} of others {n|is|are} not held: so much waits here already. "
            + "Deliver that first.",
        zh: "有 {n} 项别人的内容未保存：本机代存的已经太多。请先送交。")
    public let unknown = Message(
        "field_bundle.unknown",
        en: "{n} {n|item is|items are} of a newer kind and {n|was|were} passed over. "
            + "Update this program.",
        zh: "有 {n} 项属于更新的类型，已跳过。请更新本程序。")
}

extension Messages {
    public static let fieldBundle = FieldBundleMessages()
}
