//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package publish

func fsync(f *folder, name string) error {
	file, err := f.Root().Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}
