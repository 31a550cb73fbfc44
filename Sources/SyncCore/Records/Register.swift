/// The value of one field with the stamp of the write that put it there.
public struct Register: Sendable, Hashable {
    public var value: CanonicalValue
    public var stamp: Stamp

    public init(_ value: CanonicalValue, _ stamp: Stamp) {
        self.value = value
        self.stamp = stamp
    }

    /// Last writer wins: the larger stamp; of equal stamps (a cloned key) the larger canonical
    /// bytes. Commutative, associative and idempotent.
    public func wins(over other: Register) -> Bool {
        stamp != other.stamp ? stamp > other.stamp : value > other.value
    }
}
