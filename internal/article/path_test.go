package article

import "testing"

func TestAFileGoesByItsNameWithoutTheLeadingDate(t *testing.T) {
	for _, c := range []struct{ path, name, id string }{
		{"gioi-thieu.md", "gioi-thieu", "gioi-thieu"},
		{"lien-he/index.md", "lien-he", "lien-he"},
		{"tin-tuc/ky-ket.md", "ky-ket", "tin-tuc/ky-ket"},
		{"tin-tuc/2020-03-11-ky-ket.md", "ky-ket", "tin-tuc/2020-03-11-ky-ket"},
		{"tin-tuc/2020-03-11-le-ky/index.md", "le-ky", "tin-tuc/2020-03-11-le-ky"},
		{"tin-tuc/2020/2020-03-11-a.md", "a", "tin-tuc/2020/2020-03-11-a"},
		{"2020-03-11-dong/a.md", "a", "2020-03-11-dong/a"},
		{"tin-tuc/2020-03-11.md", "2020-03-11", "tin-tuc/2020-03-11"},
		{"tin-tuc/2020-03-11-.md", "2020-03-11-", "tin-tuc/2020-03-11-"},
		{"tin-tuc/2020_03_11-a.md", "2020_03_11-a", "tin-tuc/2020_03_11-a"},
		{"tin-tuc/20-03-2020-a.md", "20-03-2020-a", "tin-tuc/20-03-2020-a"},
		{"tin-tuc/ban-v1.2.md", "ban-v1.2", "tin-tuc/ban-v1.2"},
		{"tin-tuc/_index.md", "tin-tuc", "tin-tuc"},
		{"tin-tuc/xa/_index.md", "xa", "tin-tuc/xa"},
		{"_index.md", "", ""},
		{"index.md", "", ""},
	} {
		if got := nameOf(c.path); got != c.name {
			t.Errorf("nameOf(%q) = %q, want %q", c.path, got, c.name)
		}
		if got := idOf(c.path); got != c.id {
			t.Errorf("idOf(%q) = %q, want %q", c.path, got, c.id)
		}
	}
}

func TestAPathToAFileStaysBelowContentOrStatic(t *testing.T) {
	for _, c := range []struct {
		dir, ref string
		want     fileFault
	}{
		{"tin-tuc", "anh-1.jpg", ""},
		{"tin-tuc", "./anh-1.jpg", ""},
		{"tin-tuc", "ảnh lễ ký.jpg", ""},
		{"tin-tuc/le-ky", "../chung/anh.jpg", ""},
		{"tin-tuc/le-ky", "../../anh.jpg", ""},
		{"tin-tuc", "/anh/logo.png", ""},
		{"tin-tuc", "a:b.jpg", fileDrive},
		{"tin-tuc", "..anh.jpg", ""},
		{"tin-tuc", "../../anh.jpg", fileOutside},
		{"", "../static/anh.jpg", fileOutside},
		{"tin-tuc", "/../site.yaml", fileOutside},
		{"tin-tuc", "/..", fileOutside},
		{"tin-tuc", "anh/../../../x", fileOutside},
		{"tin-tuc", "https://example.vn/a.jpg", fileURL},
		{"tin-tuc", "//example.vn/a.jpg", fileURL},
		{"tin-tuc", "data:image/png;base64,AA", fileURL},
		{"tin-tuc", `C:\Anh\a.jpg`, fileDrive},
		{"tin-tuc", "c:/Anh/a.jpg", fileDrive},
		{"tin-tuc", `anh\a.jpg`, fileBackslash},
		{"tin-tuc", "anh/", fileFolder},
		{"tin-tuc", "/", fileFolder},
		{"", ".", fileFolder},
	} {
		if got, _ := faultOf(c.dir, c.ref); got != c.want {
			t.Errorf("faultOf(%q, %q) = %q, want %q", c.dir, c.ref, got, c.want)
		}
	}
}
