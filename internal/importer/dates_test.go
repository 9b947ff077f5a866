package importer

import (
	"testing"
	"time"
)

func TestATimeHasTheZoneThatStandsBehindIt(t *testing.T) {
	loc := time.FixedZone("", 7*3600)
	for text, want := range map[string]string{
		"Mon, 04 Mar 2019 13:30:00 GMT": "20:30 04/03/2019", "2019-03-04T13:30Z": "20:30 04/03/2019", "2019-03-04T13:30:00Z": "20:30 04/03/2019",
		"04/03/2019 1:30 PM UTC": "20:30 04/03/2019", "04/03/2019 13:30 GMT, thứ Hai": "20:30 04/03/2019", "20:30 04/03/2019 ICT": "20:30 04/03/2019",
		"04/03/2019 20:30 ICT": "20:30 04/03/2019", "04/03/2019 20:30 GMT +7": "20:30 04/03/2019", "04/03/2019 20:30 GMT+7": "20:30 04/03/2019",
		"04/03/2019 20:30 (GMT+7)": "20:30 04/03/2019", "04/03/2019 20:30 (GMT)": "20:30 04/03/2019", "04/03/2019 20:30 tin": "20:30 04/03/2019",
		"04/03/2019 08:30 PM": "20:30 04/03/2019", "04/03/2019 08:30 CH": "20:30 04/03/2019", "2019-03-04 08:30:00 PM +0700": "20:30 04/03/2019",
	} {
		stamps := Stamps(text)
		if len(stamps) != 1 {
			t.Fatalf("%q: %v", text, stamps)
		}
		if got, ok := stamps[0].Date(OrderUnknown, loc); !ok || got.String() != want {
			t.Errorf("%q is %v, want %s", text, got, want)
		}
	}
}
