package picture

import (
	"math"
	"slices"
)

// Weights are fixed-point numbers, so that every machine gives the same bytes.
const (
	weightBits = 14
	one        = 1 << weightBits
	// extraBits is how much finer than a byte the values between the two
	// passes are: as fine as 16 bits allow with the overshoot of the filter.
	extraBits = 6
)

// filter tells for each output sample which input samples it is made of.
type filter struct {
	from    []int   // the first input sample of each output sample
	taps    int     // input samples for each output sample
	weights []int32 // taps for each output sample, each group adding up to one
}

// newFilter makes the Catmull-Rom filter from n input samples to m output
// samples. Between them stand the products that the language forbids to fuse
// with a sum: machines that fuse would round otherwise.
func newFilter(m, n int) filter {
	scale := float64(n) / float64(m)
	stretch := max(scale, 1)
	f := filter{taps: min(int(math.Ceil(4*stretch))+1, n)}
	f.from = make([]int, m)
	f.weights = make([]int32, m*f.taps)
	raw := make([]float64, f.taps)
	for i := range m {
		centre := float64((float64(i)+0.5)*scale) - 0.5
		left := int(math.Ceil(centre - float64(2*stretch)))
		right := int(math.Floor(centre + float64(2*stretch)))
		f.from[i] = min(max(left, 0), n-f.taps)
		clear(raw)
		var sum float64
		for x := left; x <= right; x++ {
			w := catmullRom(math.Abs(float64(x)-centre) / stretch)
			raw[min(max(x, 0), n-1, f.from[i]+f.taps-1)-f.from[i]] += w // edges repeat
			sum += w
		}
		round(f.weights[i*f.taps:(i+1)*f.taps], raw, sum)
	}
	return f
}

// catmullRom is the cubic filter with B = 0 and C = 1/2 (Mitchell and
// Netravali, 1988).
func catmullRom(x float64) float64 {
	switch {
	case x < 1:
		return float64(float64(float64(1.5*x)-2.5)*float64(x*x)) + 1
	case x < 2:
		return float64(float64(float64(float64(float64(-0.5*x)+2.5)*x)-4)*x) + 2
	}
	return 0
}

// round makes weights that add up to one exactly.
func round(weights []int32, raw []float64, sum float64) {
	left := int32(one)
	for k, w := range raw {
		weights[k] = int32(math.Round(w / sum * one))
		left -= weights[k]
	}
	weights[slices.Index(weights, slices.Max(weights))] += left
}

// resample fills dst with src at dst's size: rows first, then columns. Of the
// rows between, only those are kept that the next row of dst is made of.
func resample(dst, src plane) {
	across, down := newFilter(dst.width, src.width), newFilter(dst.height, src.height)
	between := make([]int16, down.taps*dst.width)
	row := func(y int) []int16 { return between[y%down.taps*dst.width:][:dst.width] }
	sums := make([]int32, dst.width)
	next := 0 // the first row that was not made
	for y := range dst.height {
		from := down.from[y]
		for next = max(next, from); next < from+down.taps; next++ {
			across.row(row(next), src.pix[next*src.stride:], src.step)
		}
		clear(sums)
		for k, w := range down.weights[y*down.taps : (y+1)*down.taps] {
			addRow(sums, row(from+k), w)
		}
		storeRow(dst.pix[y*dst.stride:], sums, dst.step)
	}
}

// row makes one row of values between the passes.
func (f *filter) row(out []int16, in []uint8, step int) {
	const half = 1 << (weightBits - extraBits - 1)
	for i := range out {
		weights := f.weights[i*f.taps : (i+1)*f.taps]
		sum := int32(half)
		if step == 1 {
			in := in[f.from[i]:][:len(weights)]
			for k, w := range weights {
				sum += w * int32(in[k])
			}
		} else {
			at := f.from[i] * step
			for _, w := range weights {
				sum += w * int32(in[at])
				at += step
			}
		}
		out[i] = int16(sum >> (weightBits - extraBits))
	}
}

func addRow(sums []int32, row []int16, weight int32) {
	row = row[:len(sums)]
	for x := range sums {
		sums[x] += weight * int32(row[x])
	}
}

func storeRow(out []uint8, sums []int32, step int) {
	const half = 1 << (weightBits + extraBits - 1)
	for x, sum := range sums {
		out[x*step] = uint8(min(max((sum+half)>>(weightBits+extraBits), 0), 255))
	}
}
