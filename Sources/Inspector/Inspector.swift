// Inspector: what there is to see of the BPF objects on this machine, as values, and how those are shown, as bpftool's
// text and as JSON that always parses. It reads the kernel's facts through the rooms below; it loads, attaches and changes
// only what it is told to, and it knows no command line and no tracing.
