public import CommandKit

/// What `sync-hub` says of the page.
public struct HubDeskMessages: MessageTopic {
    public let abstract = Message(
        "hub_desk.abstract", en: "Print a link into the hub's page; it works once, for 10 minutes.",
        zh: "打印进入中心页面的链接；10 分钟内有效，只能用一次。")
    public let viewerHelp = Message(
        "hub_desk.viewer_help", en: "To look only, not to change anything.", zh: "只能查看，不能修改。")
    public let signOutHelp = Message(
        "hub_desk.sign_out_help", en: "Sign everybody out, and take unused links back.",
        zh: "让所有人退出，并作废未用的链接。")
    public let signedIn = Message("hub_desk.signed_in", en: "At the page", zh: "已登录页面")
    public let session = Message(
        "hub_desk.session", en: "{mark} ({rights}), until {time}", zh: "{mark}（{rights}），至 {time}")
    public let signedOut = Message(
        "hub_desk.signed_out", en: "Nobody is signed in any more.", zh: "已让所有人退出。")
    public let linkFor = Message(
        "hub_desk.link_for",
        en: "Open this in a browser within 10 minutes, while the hub is served:",
        zh: "请在 10 分钟内（中心运行时）用浏览器打开：")
    public let folderOnly = Message(
        "hub_desk.folder_only", en: "The page is a folder's hub's.", zh: "页面只用于文件夹中的中心。")
    public let folderOnlyMend = Message(
        "hub_desk.folder_only_mend", en: "Give --data DIR.", zh: "请给出 --data DIR。")

    public init() {}
}

extension Messages {
    public static let hubDesk = HubDeskMessages()
}
