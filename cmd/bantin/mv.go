package main

import "github.com/spf13/cobra"

func newMvCommand(e *env) *cobra.Command {
	return &cobra.Command{Use: "mv", Args: exactly(2), RunE: func(*cobra.Command, []string) error { return nil }}
}
func newPublishCommand(e *env) *cobra.Command {
	return &cobra.Command{Use: "publish", Args: exactly(1), RunE: func(*cobra.Command, []string) error { return nil }}
}
