internal import BPF
internal import BTF
internal import Bytecode
internal import ELF
internal import KernelInterface
public import LinuxSystem

extension ObjectFileFacts {
  /// The facts as a JSON object.
  ///
  /// - Parameter isDisassembled: with the instructions.
  public func write(to json: inout JSONWriter, isDisassembled: Bool) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("path", path)
      try json.member("little_endian", spec.byteOrder == .little)
      try json.member("license", spec.license)
      if let version = spec.kernelVersion { try json.member("kernel_version", version) }
      try json.name("sections")
      try json.array { json throws(SystemCallError) in
        for section in sections {
          try json.object { json throws(SystemCallError) in
            try json.member("index", section.index)
            try json.member("name", section.name)
            try json.member("type", Self.sectionType(section.type))
            try json.member("offset", section.offset)
            try json.member("size", section.size)
            try json.member("flags", section.flags)
          }
        }
      }
      try json.name("programs")
      try json.array { json throws(SystemCallError) in
        for code in programs { try write(code, to: &json, isDisassembled: isDisassembled) }
      }
      try json.name("maps")
      try json.array { json throws(SystemCallError) in for map in spec.maps { try write(map, to: &json) } }
      try json.name("externs")
      try json.array { json throws(SystemCallError) in
        for extern in spec.externs {
          try json.object { json throws(SystemCallError) in
            try json.member("name", extern.name)
            try json.member("kind", Self.kind(extern.kind))
            try json.member("weak", extern.isWeak)
          }
        }
      }
      try json.name("types")
      try json.object { json throws(SystemCallError) in
        for (kind, count) in typeCounts { try json.member(kind.kernelName, count) }
      }
    }
  }

  private func write(_ code: Code, to json: inout JSONWriter, isDisassembled: Bool) throws(SystemCallError) {
    let program = code.program
    try json.object { json throws(SystemCallError) in
      try json.member("name", program.name)
      try json.member("section", program.sectionName)
      try json.member("type", "\(program.type)")
      if let type = program.expectedAttachType { try json.member("attach_type", "\(type)") }
      if let target = program.attachTarget { try json.member("attach_target", target) }
      try json.member("loaded", program.isLoaded)
      if let failure = code.failure { try json.member("error", failure) }
      guard let linked = code.linked else { return }
      try json.member("instructions", linked.instructions.count)
      try json.name("functions")
      try json.array { json throws(SystemCallError) in
        for function in linked.functions { try json.value(function.name) }
      }
      try json.name("references")
      try json.array { json throws(SystemCallError) in
        for reference in linked.references {
          try json.object { json throws(SystemCallError) in
            try json.member("instruction", reference.instruction)
            try json.member("target", Self.target(reference.target))
          }
        }
      }
      try json.name("core")
      try json.array { json throws(SystemCallError) in
        for relocation in linked.relocations {
          try json.object { json throws(SystemCallError) in
            try json.member("instruction", relocation.instructionOffset / 8)
            try json.member("kind", relocation.kind.name)
            try json.member("type", typeName(relocation.type) ?? "")
            try json.member("access", relocation.access)
          }
        }
      }
      guard isDisassembled else { return }
      try json.name("insns")
      try json.array { json throws(SystemCallError) in
        for line in linked.instructions.listing() { try json.value(line) }
      }
    }
  }

  private func write(_ map: MapSpec, to json: inout JSONWriter) throws(SystemCallError) {
    try json.object { json throws(SystemCallError) in
      try json.member("name", map.name)
      try json.member("type", "\(map.type)")
      try json.member("bytes_key", map.keySize)
      try json.member("bytes_value", map.valueSize)
      try json.member("max_entries", map.maxEntries)
      try json.member("flags", map.flags.rawValue)
      if let key = typeName(map.keyTypeID) { try json.member("key_type", key) }
      if let value = typeName(map.valueTypeID) { try json.member("value_type", value) }
      if let section = map.dataSection { try json.member("data_section", section) }
      if map.variables.isEmpty { return }
      try json.name("variables")
      try json.array { json throws(SystemCallError) in
        for variable in map.variables {
          try json.object { json throws(SystemCallError) in
            try json.member("name", variable.name)
            try json.member("offset", variable.offset)
            try json.member("size", variable.size)
            if let type = typeName(variable.typeID) { try json.member("type", type) }
          }
        }
      }
    }
  }
}
