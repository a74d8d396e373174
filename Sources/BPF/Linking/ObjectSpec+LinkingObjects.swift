extension ObjectSpec {
  /// Makes one object of several, as `bpftool gen object` does: what one declares is found in another.
  ///
  /// A function, map or variable that several objects define is taken from the one whose definition is not weak, or
  /// else from the first; variables of sections of the same name come to lie one behind the other; equal types become
  /// one.
  ///
  /// What no object defines stays an extern, of which ``linked(_:)`` then says that it is missing.
  ///
  ///     let main = try ObjectSpec(path: "main.bpf.o")
  ///     let both = try ObjectSpec(linking: [main, ObjectSpec(path: "library.bpf.o")], name: "both")
  ///
  /// - Parameter name: what maps of data sections are called after.
  /// - Throws: ``ObjectError`` for two definitions of one name that are not weak, for licences, byte orders or types of
  ///   declarations that do not go together.
  public init(linking objects: [ObjectSpec], name: String) throws(ObjectError) {
    var linker = ObjectLinker(objects, name: name)
    self = try linker.link()
  }
}
