// Diagnostics: source text, spans, severities, messages, notes and hints, and how they are shown to a person.
// It serves every language of the package and the verifier's refusals. It knows no language, no BPF and no
// file: whoever reads a file hands its text over.
