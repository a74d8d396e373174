public import BPF
internal import BTF
internal import Diagnostics

/// A value for a global variable of an object, as a person types it: `minPid=5`, `filter.user="root"`, `ports[1]=80`.
public struct VariableSetting: Hashable, Sendable {
  /// The variable, or a member or element of it.
  public var path: String
  /// The value, in the form of `TypeGraph.bytes(ofTyped:as:)`; arrays of characters need no quotation marks.
  public var value: String

  /// Reads `NAME=VALUE`.
  ///
  /// - Throws: ``SettingError/malformed(_:)``.
  public init(parsing text: String) throws(SettingError) {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex else { throw .malformed(text) }
    path = String(text[..<sign])
    value = String(text[text.index(after: sign)...])
  }
}

extension ObjectSpec {
  /// Sets what a global variable is at first, typed by the object's BTF.
  ///
  /// - Throws: ``SettingError``: what was given and what was expected.
  public mutating func apply(_ setting: VariableSetting) throws(SettingError) {
    let name = String(setting.path.prefix { $0 != "." && $0 != "[" })
    let variables = maps.flatMap(\.variables)
    guard let variable = variables.first(where: { $0.name == name }) else {
      let all = variables.filter { !$0.name.hasPrefix(".") }.map(\.name)
      throw .unknown(name, object: self.name, nearest: NearestNames.nearest(to: name, among: all), all: all)
    }
    guard let types, let whole = variable.typeID else { throw .untyped(name) }
    var bytes: [UInt8]
    do throws(LoadError) { bytes = try self.bytes(ofVariable: name) } catch { throw .malformedObject(name) }
    var type = whole
    var offset = 0
    do throws(BTFError) {
      (type, offset) = try types.place(String(setting.path.dropFirst(name.count)), in: whole)
    } catch { throw .noSuchMember(setting.path, error) }
    let value = try types.bytes(of: setting, as: type)
    guard offset >= 0, offset <= bytes.count, value.count <= bytes.count - offset else { throw .malformedObject(name) }
    bytes.replaceSubrange(offset..<offset + value.count, with: value)
    do throws(LoadError) { try setVariable(name, toBytes: bytes) } catch { throw .malformedObject(name) }
  }
}

extension TypeGraph {
  /// The type and the place of what a path leads to, such as ".ports[1]"; an empty path is the type itself.
  fileprivate func place(_ path: String, in type: TypeID) throws(BTFError) -> (TypeID, Int) {
    var type = type
    var offset = 0
    var rest = path[...]
    // Elements of an array that is the variable itself; those of members are part of the members' path.
    while rest.first == "[" {
      guard let end = rest.firstIndex(of: "]"), case .array(let array) = try resolvedType(type),
        let index = Int(rest[rest.index(after: rest.startIndex)..<end]), (0..<array.count).contains(index)
      else { throw BTFError(.unknownMember(String(rest), of: type)) }
      let size = try size(of: array.element)
      let (distance, overflow) = size.multipliedReportingOverflow(by: index)
      let (sum, more) = offset.addingReportingOverflow(distance)
      if overflow || more { throw BTFError(.sizeOverflow(type)) }
      (type, offset) = (array.element, sum)
      rest = rest[rest.index(after: end)...]
    }
    if rest.isEmpty { return (type, offset) }
    guard rest.first == "." else { throw BTFError(.unknownMember(String(rest), of: type)) }
    let member = try member(path: String(rest.dropFirst()), of: type)
    // What shares its bytes with others cannot be set alone.
    guard try bits(of: member) == nil else { throw BTFError(.unknownMember(String(rest), of: type)) }
    let (sum, overflow) = offset.addingReportingOverflow(member.byteOffset)
    if overflow { throw BTFError(.sizeOverflow(type)) }
    return (member.type, sum)
  }

  /// The bytes of a value; text for an array of bytes may stand without quotation marks.
  fileprivate func bytes(of setting: VariableSetting, as type: TypeID) throws(SettingError) -> [UInt8] {
    do throws(TypedInputError) { return try bytes(ofTyped: setting.value, as: type) } catch {
      let first = setting.value.first
      guard let first, !"\"[{".contains(first), case .array(let array)? = try? resolvedType(type),
        (try? size(of: array.element)) == 1
      else { throw .value(name: setting.path, error) }
      // The characters that stand for themselves nowhere but between quotation marks.
      var quoted = "\""
      for character in setting.value {
        if character == "\"" || character == "\\" { quoted.append("\\") }
        quoted.append(character)
      }
      do throws(TypedInputError) { return try bytes(ofTyped: quoted + "\"", as: type) } catch {
        throw .value(name: setting.path, error)
      }
    }
  }
}
