/// Does nothing: what starting a Swift program costs.
print("")
