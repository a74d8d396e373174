import Diagnostics
import TraceLanguage

extension TypeChecker {
  mutating func callType(_ call: Call, in expression: Expression) -> ValueType {
    let name = call.name.text
    let arguments = call.arguments
    if arguments.isEmpty, let builtin = BuiltinVariable(name: name) {
      return builtinType(builtin, at: expression.span)
    }
    guard let function = BuiltinFunction(rawValue: name) else {
      for argument in arguments { _ = type(of: argument) }
      diagnostics.report(.unknownFunction(call.name))
      return .unknown
    }
    guard function.argumentCounts.contains(arguments.count) else {
      diagnostics.report(.argumentCount(function, arguments.count, at: expression.span))
      return .unknown
    }
    if function.isUnsafe, !options.allowsUnsafe { diagnostics.report(.unsafeFunction(name, at: expression.span)) }
    switch function {
    case .printf, .cat, .system, .errorf, .warnf: return checkFormat(function, arguments)
    case .print: return checkPrint(arguments)
    case .clear, .zero: return checkMapArgument(function, arguments[0])
    case .exit:
      if let code = arguments.first { requireInteger(code, role: "exit()'s code") }
      return .void
    case .time:
      if let format = arguments.first, constantString(format) == nil { reportLiteral("time()'s format", format) }
      return .void
    case .join:
      let list = type(of: arguments[0])
      if list != .unknown, list.arithmeticType == nil {
        diagnostics.report(.needsAddress("join()'s list of strings", found: list, at: arguments[0].span, catalog))
      }
      if arguments.count > 1, constantString(arguments[1]) == nil { reportLiteral("join()'s separator", arguments[1]) }
      return .void
    case .str: return stringType(arguments)
    case .buf: return bufferType(arguments)
    case .kstack, .ustack: return stackCallType(isUser: function == .ustack, arguments)
    case .ksym:
      requireAddress(arguments[0], of: function)
      return .kernelSymbol
    case .usym:
      requireAddress(arguments[0], of: function)
      return .userSymbol
    case .kptr, .uptr:
      let type = self.type(of: arguments[0])
      let space: AddressSpace = function == .kptr ? .kernel : .user
      switch type {
      case .pointer(let pointee, _): return .pointer(to: pointee.moved(to: space), space)
      case .unknown: return .unknown
      default:
        requireAddress(arguments[0], typed: type, of: function)
        return .pointer(to: .void, space)
      }
    case .ntop: return networkAddressType(arguments)
    case .macaddr:
      requireAddress(arguments[0], of: function)
      return .macAddress
    case .reg: return registerType(arguments[0], at: expression.span)
    case .strftime:
      requireInteger(arguments[1], role: "strftime()'s time")
      guard let format = constantString(arguments[0]) else {
        reportLiteral("strftime()'s format", arguments[0])
        return .unknown
      }
      return .timestamp(format: format.text)
    case .strncmp: return comparisonCallType(arguments)
    case .strlen:
      let text = type(of: arguments[0])
      if case .string = text {
      } else if text != .unknown {
        diagnostics.report(.needsString("strlen", found: text, at: arguments[0].span, catalog))
      }
      return .uint64
    case .cgroupPath:
      requireInteger(arguments[0], role: "cgroup_path()'s id")
      return .cgroupPath
    case .signal, .signalThread: return checkSignal(function, arguments[0])
    case .kaddr:
      guard let symbol = constantString(arguments[0]) else {
        reportLiteral("kaddr()'s symbol", arguments[0])
        return .uint64
      }
      if catalog.target.kernelAddress(ofSymbol: symbol.text) == nil {
        diagnostics.report(.unknownKernelSymbol(symbol.text, at: arguments[0].span))
      }
      return .uint64
    case .cgroupid:
      guard let path = constantString(arguments[0]) else {
        reportLiteral("cgroupid()'s path", arguments[0])
        return .uint64
      }
      if catalog.target.cgroupID(ofPath: path.text) == nil {
        diagnostics.report(.unknownControlGroup(path.text, at: arguments[0].span))
      }
      return .uint64
    case .nsecs:
      if let mode = arguments.first { _ = clock(named: mode) }
      return .uint64
    case .hasKey: return checkHasKey(arguments)
    case .delete: return checkDelete(arguments)
    case .bswap:
      requireInteger(arguments[0], role: "bswap()'s number")
      return types[arguments[0].id.index].arithmeticType.map { .integer(IntegerType(bits: $0.bits, isSigned: false)) }
        ?? .unknown
    case .count, .sum, .avg, .min, .max, .stats, .hist, .lhist: return aggregationType(function, arguments)
    }
  }

  private mutating func reportLiteral(_ role: String, _ expression: Expression) {
    if type(of: expression) != .unknown { diagnostics.report(.needsStringLiteral(role, at: expression.span)) }
  }

  private mutating func requireAddress(_ expression: Expression, of function: BuiltinFunction) {
    requireAddress(expression, typed: type(of: expression), of: function)
  }

  private mutating func requireAddress(_ expression: Expression, typed type: ValueType, of function: BuiltinFunction) {
    if type == .unknown || type.isAddress || type.arithmeticType != nil || type == .userSymbol { return }
    if case .array = type { return }
    if case .string = type { return }
    diagnostics.report(.needsAddress("\(function.rawValue)()'s argument", found: type, at: expression.span, catalog))
  }

  /// A signal is a number, or a name that is known here.
  private mutating func checkSignal(_ function: BuiltinFunction, _ argument: Expression) -> ValueType {
    let type = self.type(of: argument)
    if case .string = type {
      if let name = constantString(argument) {
        if SignalNames.number(of: name.text) == nil {
          diagnostics.report(.unknownSignal(name.text, at: argument.span))
        }
      } else {
        reportLiteral("\(function.rawValue)()'s signal", argument)
      }
    } else {
      requireInteger(argument, role: "\(function.rawValue)()'s signal")
      if let number = constantInteger(argument), !(1...64).contains(number) {
        diagnostics.report(.unknownSignal("\(number)", at: argument.span))
      }
    }
    return .void
  }

  // MARK: Output

  private mutating func checkFormat(_ function: BuiltinFunction, _ arguments: [Expression]) -> ValueType {
    let types = arguments.dropFirst().map { type(of: $0) }
    for (argument, type) in zip(arguments.dropFirst(), types) where type == .arguments || type == .void {
      diagnostics.report(.notAValue(type, at: argument.span, catalog))
      return .void
    }
    _ = type(of: arguments[0])
    guard let format = constantString(arguments[0]) else {
      reportLiteral("\(function.rawValue)()'s format", arguments[0])
      return .void
    }
    switch PrintfTemplate.parse(format.bytes) {
    case .failure(let problem): diagnostics.report(.invalidFormat(function.rawValue, problem, at: arguments[0].span))
    case .success(let template):
      let specifiers = template.specifiers
      if specifiers.count != types.count {
        diagnostics.report(
          .formatArgumentCount(
            function.rawValue, specifiers: specifiers.count, given: types.count, at: arguments[0].span))
        return .void
      }
      for (specifier, (argument, type)) in zip(specifiers, zip(arguments.dropFirst(), types))
      where !specifier.accepts(type) {
        diagnostics.report(.formatMismatch(function.rawValue, specifier, type, at: argument.span, catalog))
      }
    }
    return .void
  }

  private mutating func checkPrint(_ arguments: [Expression]) -> ValueType {
    if case .map(let map) = arguments[0].kind, map.keys.isEmpty {
      var facts = mapFacts(map)
      facts.isRead = true
      maps[map.name.text] = facts
      if facts.value == .unknown { diagnostics.report(.undefinedMap(map.name.text, at: map.name.span)) }
      for limit in arguments.dropFirst() where constantInteger(limit) == nil {
        if type(of: limit) != .unknown { diagnostics.report(.notConstant(at: limit.span)) }
      }
      types[arguments[0].id.index] = facts.value
      return .void
    }
    let type = self.type(of: arguments[0])
    if arguments.count > 1 { diagnostics.report(.printLimitsNeedMap(at: arguments[1].span)) }
    switch type {
    case .void, .arguments: diagnostics.report(.notAValue(type, at: arguments[0].span, catalog))
    case .aggregation(let aggregation) where !aggregation.isNumeric:
      if case .map = arguments[0].kind { break }
      diagnostics.report(.aggregationCopied(aggregation.functionName, at: arguments[0].span))
    default: break
    }
    return .void
  }

  private mutating func checkMapArgument(_ function: BuiltinFunction, _ argument: Expression) -> ValueType {
    guard case .map(let map) = argument.kind, map.keys.isEmpty else {
      _ = type(of: argument)
      diagnostics.report(.needsWholeMap(function.rawValue, at: argument.span))
      return .void
    }
    let facts = mapFacts(map)
    if facts.value == .unknown { diagnostics.report(.undefinedMap(map.name.text, at: map.name.span)) }
    return .void
  }

  private mutating func checkHasKey(_ arguments: [Expression]) -> ValueType {
    guard case .map(var map) = arguments[0].kind, map.keys.isEmpty else {
      diagnostics.report(.needsWholeMap("has_key", at: arguments[0].span))
      return .boolean
    }
    if mapFacts(map).isKeyed == false {
      diagnostics.report(.needsKeyedMap("has_key", at: arguments[0].span))
      _ = type(of: arguments[1])
      return .boolean
    }
    map.keys = [arguments[1]]
    unifyKey(of: map)
    if mapFacts(map).value == .unknown { diagnostics.report(.undefinedMap(map.name.text, at: map.name.span)) }
    return .boolean
  }

  /// `delete(@x)`, `delete(@x[k])` as older scripts write it, `delete(@x, k)`.
  private mutating func checkDelete(_ arguments: [Expression]) -> ValueType {
    guard case .map(var map) = arguments[0].kind, arguments.count == 1 || map.keys.isEmpty else {
      _ = type(of: arguments[0])
      diagnostics.report(.needsWholeMap("delete", at: arguments[0].span))
      return .boolean
    }
    if arguments.count == 2 { map.keys = [arguments[1]] }
    unifyKey(of: map)
    if mapFacts(map).value == .unknown { diagnostics.report(.undefinedMap(map.name.text, at: map.name.span)) }
    return .boolean
  }

  // MARK: Values

  private mutating func stringType(_ arguments: [Expression]) -> ValueType {
    var capacity = configuration.maximumStringLength
    if arguments.count > 1 {
      requireInteger(arguments[1], role: "str()'s length")
      if let length = constantInteger(arguments[1]) {
        // A length counts the NUL: what is read is one less.
        if length < 1 { diagnostics.report(.stringLengthTooSmall(length, at: arguments[1].span)) }
        capacity = min(capacity, max(1, Int(clamping: length)))
      }
    }
    if case .positionalParameter = arguments[0].kind, let text = constantString(arguments[0]) {
      _ = type(of: arguments[0])
      return .string(capacity: text.bytes.count + 1)
    }
    let type = self.type(of: arguments[0])
    switch type {
    case .unknown: return .string(capacity: capacity)
    case .string(let own): return .string(capacity: min(own, capacity))
    case .array(.integer(let integer), let count) where integer.bits == 8:
      return .string(capacity: min(capacity, max(1, count)))
    case .pointer, .integer: return .string(capacity: capacity)
    default:
      diagnostics.report(.needsAddress("str()'s address", found: type, at: arguments[0].span, catalog))
      return .string(capacity: capacity)
    }
  }

  private mutating func bufferType(_ arguments: [Expression]) -> ValueType {
    let type = self.type(of: arguments[0])
    var capacity = configuration.maximumStringLength
    if case .array(let element, let count) = type { capacity = (catalog.byteCount(of: element) ?? 1) * count }
    if case .string(let own) = type { capacity = own }
    if arguments.count > 1 {
      requireInteger(arguments[1], role: "buf()'s length")
      if let length = constantInteger(arguments[1]) {
        if length < 1 { diagnostics.report(.bufferLengthTooSmall(length, at: arguments[1].span)) }
        capacity = min(configuration.maximumStringLength, max(1, Int(clamping: length)))
      }
    }
    requireAddress(arguments[0], typed: type, of: .buf)
    return .buffer(capacity: capacity)
  }

  private mutating func stackCallType(isUser: Bool, _ arguments: [Expression]) -> ValueType {
    var mode: StackFormat.Mode?
    var limit = 127
    for argument in arguments {
      if case .identifier(let name) = argument.kind, let known = StackFormat.Mode(rawValue: name) {
        mode = known
      } else if let value = constantInteger(argument), value >= 1, value <= 127 {
        limit = Int(value)
        _ = type(of: argument)
      } else {
        diagnostics.report(.invalidStackArgument(isUser ? "ustack" : "kstack", at: argument.span))
      }
    }
    return stackType(isUser: isUser, mode: mode, limit: limit)
  }

  private mutating func networkAddressType(_ arguments: [Expression]) -> ValueType {
    if arguments.count == 2 { requireInteger(arguments[0], role: "ntop()'s address family") }
    guard let address = arguments.last else { return .unknown }
    let type = self.type(of: address)
    switch type {
    case .integer, .pointer, .unknown: break
    case .array, .string: break
    default: diagnostics.report(.needsAddress("ntop()'s address", found: type, at: address.span, catalog))
    }
    return .internetAddress
  }

  private mutating func registerType(_ argument: Expression, at span: SourceSpan) -> ValueType {
    switch site {
    case .kernelFunction?, .userFunction?, .interval?, .profile?, .software?: break
    default:
      diagnostics.report(
        .builtinNotAvailable(
          "reg()", in: probeName, hint: "kprobe, uprobe, profile and software probes have registers", at: span))
      return .uint64
    }
    guard let name = constantString(argument) else {
      reportLiteral("reg()'s name", argument)
      return .uint64
    }
    if catalog.target.architecture.registers.register(named: name.text) == nil {
      diagnostics.report(
        .unknownRegister(
          name.text, available: catalog.target.architecture.registers.registers.map(\.name), at: argument.span))
    }
    return .uint64
  }

  private mutating func comparisonCallType(_ arguments: [Expression]) -> ValueType {
    for argument in arguments.prefix(2) {
      let type = self.type(of: argument)
      guard case .string = type else {
        if type != .unknown { diagnostics.report(.needsString("strncmp", found: type, at: argument.span, catalog)) }
        continue
      }
    }
    _ = type(of: arguments[2])
    if let count = constantInteger(arguments[2]) {
      if count < 0 { diagnostics.report(.negativeComparisonLength(count, at: arguments[2].span)) }
    } else {
      diagnostics.report(.notConstant(at: arguments[2].span))
    }
    return .uint64
  }

  /// The clock that `nsecs(…)` names.
  mutating func clock(named expression: Expression) -> ClockKind? {
    if case .identifier(let name) = expression.kind, let clock = ClockKind(rawValue: name) {
      if clock == .tai, !catalog.target.features.hasTAIClock {
        diagnostics.report(.unsupportedByKernel("nsecs(tai)", needs: "6.1", at: expression.span))
      }
      return clock
    }
    diagnostics.report(.unknownClock(at: expression.span))
    return nil
  }

  // MARK: Aggregations

  private mutating func aggregationType(_ function: BuiltinFunction, _ arguments: [Expression]) -> ValueType {
    var isSigned = false
    if let value = arguments.first {
      requireInteger(value, role: "\(function.rawValue)()'s argument")
      isSigned = types[value.id.index].arithmeticType?.isSigned ?? false
    }
    switch function {
    case .count: return .aggregation(.count)
    case .sum: return .aggregation(.sum(isSigned: isSigned))
    case .min: return .aggregation(.min(isSigned: isSigned))
    case .max: return .aggregation(.max(isSigned: isSigned))
    case .avg: return .aggregation(.average(isSigned: isSigned))
    case .stats: return .aggregation(.stats(isSigned: isSigned))
    case .hist:
      var bits = 0
      if arguments.count > 1 {
        _ = type(of: arguments[1])
        if let value = constantInteger(arguments[1]), (0...5).contains(value) {
          bits = Int(value)
        } else {
          diagnostics.report(.histogramBits(at: arguments[1].span))
        }
      }
      return .aggregation(.histogram(LogarithmicBuckets(bits: bits)))
    default: return linearHistogramType(arguments)
    }
  }

  private mutating func linearHistogramType(_ arguments: [Expression]) -> ValueType {
    var values: [Int64] = []
    for argument in arguments.dropFirst() {
      _ = type(of: argument)
      if let value = constantInteger(argument) {
        values.append(value)
      } else {
        diagnostics.report(.linearHistogramLiteral(at: argument.span))
      }
    }
    guard values.count == 3 else { return .unknown }
    let (span, overflow) = values[1].subtractingReportingOverflow(values[0])
    if values[2] <= 0 {
      diagnostics.report(.linearHistogramBounds("lhist()'s step must be above 0", at: arguments[3].span))
    } else if overflow || span <= 0 {
      diagnostics.report(.linearHistogramBounds("lhist()'s maximum must be above its minimum", at: arguments[2].span))
    } else if span / values[2] > 1000 {
      diagnostics.report(
        .linearHistogramBounds("lhist() has too many buckets, \(span / values[2]): at most 1000", at: arguments[3].span)
      )
    } else {
      return .aggregation(.linearHistogram(LinearBuckets(minimum: values[0], maximum: values[1], step: values[2])))
    }
    return .unknown
  }
}

/// The clocks of `nsecs`.
enum ClockKind: String {
  case boot, monotonic, tai
  case softwareTAI = "sw_tai"
}
