// ProbeCatalog: what can be traced on this machine: providers, listing, wildcards, nearest names, argument
// lists. Listing, the trace compiler and completion ask it. It generates no code and attaches nothing.
