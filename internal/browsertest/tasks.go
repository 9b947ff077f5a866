package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// Task is what the main thread of a page did without a pause.
type Task struct {
	Processor time.Duration // of the processor alone, whatever else the machine does
	What      string        // the longest part of it
}

// Tasks returns what the main thread of the page at an address does in Chromium while
// do runs.
func Tasks(d Driver, address string, do func()) ([]Task, error) {
	tab := d.(*chromiumDriver).tab
	ctx, stop := context.WithCancel(tab)
	defer stop()
	var mu sync.Mutex
	var collected []traced
	ended := make(chan bool, 1)
	err := chromedp.Listen(ctx, func(event any) {
		switch event := event.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			defer mu.Unlock()
			for _, value := range event.Value {
				var t traced
				if json.Unmarshal(value, &t) == nil {
					collected = append(collected, t)
				}
			}
		case *tracing.EventTracingComplete:
			ended <- event.DataLossOccurred
		}
	})
	if err != nil {
		return nil, err
	}
	err = call(tab, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{
		IncludedCategories: []string{"devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"},
		ExcludedCategories: []string{"*"},
	}})
	if err != nil {
		return nil, err
	}
	do()
	err = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, tracing.End, cdp.Empty{})
		return err
	}))
	if err != nil {
		return nil, err
	}
	if lost := <-ended; lost {
		return nil, errors.New("the trace is not whole")
	}
	mu.Lock()
	defer mu.Unlock()
	return tasksOf(collected, address)
}

// traced is an event of a trace.
type traced struct {
	Name     string `json:"name"`
	Phase    string `json:"ph"`
	Process  int    `json:"pid"`
	Thread   int    `json:"tid"`
	At       int64  `json:"ts"`   // µs
	Duration int64  `json:"dur"`  // µs
	CPU      int64  `json:"tdur"` // µs
	Args     struct {
		Name string          `json:"name"`
		Data json.RawMessage `json:"data"`
	} `json:"args"`
}

func tasksOf(events []traced, address string) ([]Task, error) {
	type thread struct{ process, id int }
	process, mains := 0, map[thread]bool{}
	for _, e := range events {
		switch e.Name {
		case "TracingStartedInBrowser":
			var data struct {
				Frames []struct {
					URL       string
					ProcessID int `json:"processId"`
				}
			}
			if err := json.Unmarshal(e.Args.Data, &data); err != nil {
				return nil, err
			}
			for _, f := range data.Frames {
				if strings.HasPrefix(f.URL, address) {
					process = f.ProcessID
				}
			}
		case "thread_name":
			if e.Args.Name == "CrRendererMain" {
				mains[thread{e.Process, e.Thread}] = true
			}
		}
	}
	if process == 0 {
		return nil, fmt.Errorf("no page of the trace is at %s", address)
	}
	var tasks []Task
	for _, e := range events {
		if !strings.HasSuffix(e.Name, "RunTask") || e.Process != process || !mains[thread{e.Process, e.Thread}] {
			continue
		}
		task := Task{Processor: time.Duration(e.CPU) * time.Microsecond}
		longest := int64(0)
		for _, part := range events {
			if part.Process == e.Process && part.Thread == e.Thread && part.At >= e.At && part.At+part.Duration <= e.At+e.Duration && part.CPU > longest && !strings.HasSuffix(part.Name, "RunTask") {
				longest, task.What = part.CPU, part.Name
			}
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

// Frame returns a function that waits until the frame of the page in Chromium has a
// text, and returns when. What another origin has in a frame no script of the page
// can read.
func Frame(d Driver) (seen func(text string) (time.Time, error), err error) {
	tab := d.(*chromiumDriver).tab
	var at target.ID
	for end := time.Now().Add(10 * time.Second); at == ""; time.Sleep(10 * time.Millisecond) {
		targets, err := chromedp.Targets(tab)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(targets, func(t *target.Info) bool { return t.Type == "iframe" }); i >= 0 {
			at = targets[i].TargetID
		} else if time.Now().After(end) {
			return nil, errors.New("the page has no frame of another origin")
		}
	}
	frame, _ := chromedp.NewContext(tab, chromedp.WithTargetID(at)) // ends with the tab
	return func(text string) (time.Time, error) {
		has := fmt.Sprintf("document.body.textContent.includes(%q)", text)
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
			if is, err := chromedp.Run(frame, chromedp.Evaluate[bool](has)); err != nil {
				return time.Time{}, err
			} else if is {
				return time.Now(), nil
			}
		}
		return time.Time{}, fmt.Errorf("the frame never had %q", text)
	}, nil
}
