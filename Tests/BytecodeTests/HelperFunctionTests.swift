import Bytecode
import Testing

@Suite struct HelperFunctionTests {
  @Test func numbersAndNamesAgree() {
    #expect(HelperFunction.all.count == 211)
    #expect(HelperFunction.mapLookupElem.name == "map_lookup_elem")
    #expect(HelperFunction.getCurrentPidTgid.rawValue == 14)
    #expect(HelperFunction(name: "bpf_loop") == .loop)
    #expect(HelperFunction(name: "cgrp_storage_delete")?.rawValue == 211)
    #expect(HelperFunction(name: "unspec") == nil)
    #expect(HelperFunction(rawValue: 900).name == nil)
    for helper in HelperFunction.all { #expect(helper.name.flatMap { HelperFunction(name: $0) } == helper) }
  }
}
