internal import LinuxSystem

extension ObjectSpec {
  /// The bytes of an object file that holds all this, as a compiler or `bpftool gen object` would write it.
  ///
  ///     let both = try ObjectSpec(linking: [main, library], name: "both")
  ///     try both.write(to: "both.bpf.o")
  ///
  /// libbpf and this library read it alike: sections, symbols and relocations, maps as the types of `.maps` define them,
  /// `.BTF` and `.BTF.ext`. What was changed in the spec is in it: sizes of maps, first values of variables, whether a
  /// program is loaded. Maps that the source had in a `maps` section of the old form are in the new one, too.
  ///
  /// A program whose type or target was changed stands in a section whose name says so. Variables of `.bss` that were
  /// given first values stand in a section `.data.bss`, for `.bss` has none. An object for machines of the other byte
  /// order is written for those.
  ///
  /// What no object file can say is left out: cookies, and whether something is attached.
  ///
  /// - Throws: ``ObjectError`` for a program of a type that no section's name says, and for references to what the object
  ///   does not have.
  public func encoded() throws(ObjectError) -> [UInt8] {
    var writer = ObjectWriter(self)
    return try writer.write()
  }

  /// Writes the object file that ``encoded()`` makes; a file that is there is replaced.
  ///
  /// - Throws: as ``encoded()``; ``ObjectError/Reason/unreadable(_:)`` with the call that failed when the file cannot be
  ///   written.
  public func write(to path: String) throws(ObjectError) {
    let bytes = try encoded()
    do throws(SystemCallError) {
      let output = BufferedOutput(try FileSystem.open(path, .create), subject: path, buffering: .full)
      try output.write(bytes[...])
      try output.flush()
    } catch {
      throw ObjectError(.unreadable(error), object: path)
    }
  }
}
