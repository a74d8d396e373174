extension TypeGraph {
  /// Appends what a type's record says as a JSON object with bpftool's members.
  ///
  ///     {"id":1,"kind":"INT","name":"long unsigned int","size":8,"bits_offset":0,"nr_bits":64,"encoding":"(none)"}
  ///
  /// - Parameter level: how deep the object lies in a document over many lines, in which each member has a line of its
  ///   own, indented by 4; nil for one without white space.
  /// - Throws: for an id that is not there; then nothing is appended.
  public func appendRawJSON(of id: TypeID, to text: inout [UInt8], level: Int? = nil) throws(BTFError) {
    let record = try existingView(id)
    var json = RecordJSON(text: [], level: level)
    swap(&json.text, &text)
    defer { swap(&json.text, &text) }
    json.begin("{")
    json.member("id", Int(id.rawValue))
    json.member("kind", word: record.kind.word)
    json.member("name", nameAt: record.nameOffset, in: self)
    switch record.kind {
    case .void: break
    case .integer:
      json.member("size", record.size)
      json.member("bits_offset", Int(record.word(0) >> 16 & 0xff))
      json.member("nr_bits", Int(record.word(0) & 0xff))
      json.member("encoding", word: IntegerType.word(ofEncoding: record.word(0) >> 24 & 0xf))
    case .pointer, .volatile, .const, .restrict, .typedef, .typeTag: json.member("type_id", Int(record.sizeOrType))
    case .array:
      json.member("type_id", Int(record.word(0)))
      json.member("index_type_id", Int(record.word(1)))
      json.member("nr_elems", Int(record.word(2)))
    case .structure, .union: writeMembers(of: record, to: &json)
    case .enumeration, .enumeration64: writeEnumerators(of: record, to: &json)
    case .forward: json.member("fwd_kind", word: record.flag ? "union" : "struct")
    case .function:
      json.member("type_id", Int(record.sizeOrType))
      json.member("linkage", word: FunctionLinkage.word(record.linkage))
    case .functionPrototype:
      json.member("ret_type_id", Int(record.sizeOrType))
      // The nameless last one of a variadic is there, too.
      json.items("params", record.itemCount, countedAs: "vlen") { json, index in
        let parameter = record.parameter(index)
        json.member("name", nameAt: parameter.nameOffset, in: self)
        json.member("type_id", Int(parameter.type.rawValue))
      }
    case .variable:
      json.member("type_id", Int(record.sizeOrType))
      json.member("linkage", word: VariableLinkage.word(record.word(0)))
    case .dataSection:
      json.member("size", record.size)
      json.items("vars", record.itemCount, countedAs: "vlen") { json, index in
        json.member("type_id", Int(record.word(index * 3)))
        json.member("offset", Int(record.word(index * 3 + 1)))
        json.member("size", Int(record.word(index * 3 + 2)))
      }
    case .float: json.member("size", record.size)
    case .declarationTag:
      json.member("type_id", Int(record.sizeOrType))
      json.member("component_idx", max(Int(Int32(bitPattern: record.word(0))), -1))
    }
    json.end("}")
  }

  private func writeMembers(of record: RecordView, to json: inout RecordJSON) {
    json.member("size", record.size)
    json.items("members", record.itemCount, countedAs: "vlen") { json, index in
      let member = record.member(index)
      json.member("name", nameAt: member.nameOffset, in: self)
      json.member("type_id", Int(member.type.rawValue))
      json.member("bits_offset", member.bitOffset)
      if member.bitFieldSize != 0 { json.member("bitfield_size", member.bitFieldSize) }
    }
  }

  private func writeEnumerators(of record: RecordView, to json: inout RecordJSON) {
    json.member("encoding", word: record.flag ? "SIGNED" : "UNSIGNED")
    json.member("size", record.size)
    json.items("values", record.itemCount, countedAs: "vlen") { json, index in
      let (nameOffset, value) = record.enumerator(index)
      json.member("name", nameAt: nameOffset, in: self)
      json.name("val")
      json.text.append(value: value, isSigned: record.flag)
    }
  }
}

/// The JSON of one record, as it is written.
private struct RecordJSON {
  var text: [UInt8]
  /// How deep the innermost object or array lies; nil where there are no lines.
  var level: Int?
  /// Whether the innermost object or array has a member already.
  private var hasMembers = false

  init(text: [UInt8], level: Int?) {
    self.text = text
    self.level = level
  }

  mutating func begin(_ mark: StaticString) {
    text.append(text: mark)
    hasMembers = false
    if let level { self.level = level + 1 }
  }

  mutating func end(_ mark: StaticString) {
    if let level { self.level = level - 1 }
    if hasMembers { breakLine() }
    text.append(text: mark)
    hasMembers = true
  }

  private mutating func breakLine() {
    guard let level else { return }
    text.append(text: "\n")
    for _ in 0..<level { text.append(text: "    ") }
  }

  @inline(__always)
  mutating func name(_ name: StaticString) {
    if hasMembers { text.append(text: ",") }
    hasMembers = true
    breakLine()
    text.append(text: "\"")
    text.append(text: name)
    text.append(text: level == nil ? "\":" : "\": ")
  }

  @inline(__always)
  mutating func member(_ name: StaticString, _ number: Int) {
    self.name(name)
    text.append(decimal: number)
  }

  @inline(__always)
  mutating func member(_ name: StaticString, word: StaticString) {
    self.name(name)
    text.append(text: "\"")
    text.append(text: word)
    text.append(text: "\"")
  }

  mutating func member(_ name: StaticString, nameAt offset: UInt32, in graph: TypeGraph) {
    let bytes = graph.stringBytes(at: offset)
    guard !bytes.isEmpty else {
      member(name, word: "(anon)")
      return
    }
    self.name(name)
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) else {
      var quoted = ""
      TypedValue.writeString(String(decoding: bytes, as: UTF8.self), to: &quoted)
      text.append(contentsOf: quoted.utf8)
      return
    }
    text.append(text: "\"")
    text.append(contentsOf: bytes)
    text.append(text: "\"")
  }

  /// The number of a record's items and an array of them, each an object of what `body` writes.
  @inline(__always)
  mutating func items(
    _ name: StaticString, _ count: Int, countedAs countName: StaticString, _ body: (inout RecordJSON, Int) -> Void
  ) {
    member(countName, count)
    self.name(name)
    begin("[")
    for index in 0..<count {
      if hasMembers { text.append(text: ",") }
      begin("{")
      body(&self, index)
      end("}")
    }
    end("]")
  }
}
