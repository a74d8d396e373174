import Symbols
import Testing

@Suite struct RustNameTests {
  @Test(
    arguments: [
      ("_RNvCsbVXqutUjNVO_1x2cc", "x::cc"),
      (
        "_RNvMsc_NtNtCsdadwybgsbvk_12rustc_middle3mir9statementNtNtB7_6syntax5BinOp12to_hir_binop",
        "<rustc_middle::mir::syntax::BinOp>::to_hir_binop"
      ),
      ("_RINvCsbVXqutUjNVO_1x1bKb0_Kca_Ka7_EB2_", "x::b::<false, '\\n', 7>"),
      ("_RINvCs0_1x1bKan3_E", "x::b::<-3>"),
      (
        "_RNvYNCNvNtNtCsfhTr2ijyTAe_16rustc_query_impl10query_impl6typeck17make_query_vtables0_0INtNtNtCsgEmfK2I1SDS_4core3ops8function6FnOnceTRhEE9call_onceBa_",
        "<rustc_query_impl::query_impl::typeck::make_query_vtable::{closure#2} as core::ops::function::FnOnce<(&u8,)>>::call_once"
      ),
      ("_RNvNtCsbVXqutUjNVO_1xu11ncode_cta3gu9gre_6ka8i", "x::ünïcode::größe"),
      ("_RINvCs0_1x2fpFKCPhQStEbE", "x::fp::<extern \"C\" fn(*const u8, &mut [u16]) -> bool>"),
      ("_RINvCs0_1x2fpFG_RL0_eERL0_eE", "x::fp::<for<'a> fn(&'a str) -> &'a str>"),
      ("_RINvCs0_1x2fpDNtCs0_1y5DebugEL_E", "x::fp::<dyn y::Debug>"),
      ("_RNvCs0_1x1y.llvm.123", "x::y"),
      ("_R", nil), ("_RN", nil), ("_RNvC1x", nil), ("_RB_", nil), ("_RNvB_1x", nil), ("_R0NvC1x1y", nil),
      ("_ZN4core3fmt9Formatter9write_str17h0123456789abcdefE", "core::fmt::Formatter::write_str"),
      (
        "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE",
        "<Test + 'static as foo::Bar<Test>>::bar"
      ),
      ("_ZN4core3fmt9Formatter9write_str17h0123456789abcdefE.llvm.77", "core::fmt::Formatter::write_str"),
    ] as [(String, String?)])
  func demangles(name: String, expected: String?) {
    #expect(Demangler.demangle(name) == expected)
  }

  @Test func survivesDamageAndBombs() {
    let names = [
      "_RINvCs0_1x2fpFG_RL0_eERL0_eE", "_RINvCs0_1x2fpDNtCs0_1y5DebugEL_E", "_RNvNtCs0_1xu14ncode_4qa3a2v0a4code",
      "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE",
    ]
    for name in names {
      let bytes = Array(name.utf8)
      for length in 0..<bytes.count { _ = Demangler.demangle(String(decoding: bytes[..<length], as: UTF8.self)) }
      for index in 2..<bytes.count {
        for replacement in "BDFGIKLNTZus_09".utf8 {
          var damaged = bytes
          damaged[index] = replacement
          _ = Demangler.demangle(String(decoding: damaged, as: UTF8.self))
        }
      }
    }
    #expect(Demangler.demangle("_RIC0" + String(repeating: "R", count: 50_000) + "hE") == nil)
  }
}
