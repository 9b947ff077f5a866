package main

// endless needs signals, which Windows does not have.
func endless() {}
