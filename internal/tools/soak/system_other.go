//go:build !linux && !darwin

package main

import (
	"errors"
	"os"
)

func peakOf(*os.ProcessState) int64 { return 0 }

func residentOf(int) int64 { return 0 }

func makeFIFO(string) error { return errors.ErrUnsupported }
