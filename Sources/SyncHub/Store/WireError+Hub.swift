import SyncCore
import SyncProtocol

// What the hub's store refuses, with the mend. Texts: Protocol/errors.md.

extension WireError {
    static let space = WireError(
        .spaceMismatch, message: "this belongs to another neighbourhood's data",
        mend: "join this hub's space, or use the hub of your own")

    static func numberTaken(next: Int64) -> WireError {
        WireError(
            .numberTaken, message: "another batch of this device has this number",
            mend: "a copy of this replica wrote under its key: pull, then take a new key",
            details: ["next_number": .number(Double(next))])
    }

    static func numberAhead(next: Int64) -> WireError {
        WireError(
            .numberAhead, message: "an earlier batch of this device is missing",
            mend: "push from next_number on", details: ["next_number": .number(Double(next))])
    }

    static func chainBroken(next: Int64, previous: Hash256) -> WireError {
        WireError(
            .chainBroken, message: "the batch does not continue this device's chain",
            mend: "pull, and compare next_previous with your own batch before it",
            details: [
                "next_number": .number(Double(next)), "next_previous": .string(previous.hex),
            ])
    }

    static func deviceUnknown(_ device: DeviceID) -> WireError {
        WireError(
            .deviceUnknown, message: "the device of this batch is not enrolled here",
            mend: "the device joins this hub first", details: ["device": .string(device.hex)])
    }

    static let notFormerly = WireError(
        .batchInvalid, message: "the batch is of a device that this one did not come out of",
        mend: "a copy takes a new key by joining with its old one",
        details: ["key": .string("formerly")])

    static let tooManyKeys = WireError(
        .rekeyLimit, message: "this device took too many new keys today",
        mend: "wait a day, or ask the operator for a new invite; what was saved stays here")

    static func split(_ head: Head) -> WireError {
        WireError(
            .hubSplit, message: "two hubs serve under one key",
            mend: "the operator shuts the other hub, then runs `sync-hub epoch open`",
            details: ["epoch": .string(head.epoch.hex), "size": JSONValue(head.size)])
    }

    static let headUnknown = WireError(
        .headUnknown, message: "this hub does not hold the head that was presented",
        mend: "none is needed: a device that heals goes on by itself; nothing is lost")

    static let cursorGone = WireError(
        .cursorGone, message: "the cursor is not of this history",
        mend: "none is needed: the device pulls again without a cursor")

    static let inviteUnknown = WireError(
        .inviteUnknown, message: "this invite is not known here",
        mend: "ask the operator for a new invite")

    static let inviteExpired = WireError(
        .inviteExpired, message: "this invite has expired",
        mend: "ask the operator for a new invite")

    static let inviteUsed = WireError(
        .inviteUsed, message: "another device has used this invite",
        mend: "ask the operator for a new invite")
}
