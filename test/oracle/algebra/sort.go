package main

import (
	"encoding/json"
	"sort"
)

// The permutation that sort.Slice makes of 0..n-1, as a checksum. Keys come from the same formulas as in sort-patterns.ts.
func sortSlice(arguments []json.RawMessage) any {
	length, pattern, seed := decode[int](arguments[0]), decode[string](arguments[1]), decode[uint32](arguments[2])
	items := make([]int, length)
	for i := range items {
		items[i] = i
	}
	less := order(length, pattern, seed)
	sort.Slice(items, func(i, j int) bool { return less(items[i], items[j]) })
	checksum := uint32(2166136261)
	for _, item := range items {
		checksum = (checksum ^ uint32(item)) * 16777619
	}
	return checksum
}

func order(length int, pattern string, seed uint32) func(a, b int) bool {
	if pattern == "adversary" {
		return adversary(length)
	}
	keys := make([]uint32, length)
	random := mulberry(seed)
	for i := range keys {
		keys[i] = key(pattern, uint32(i), uint32(length), random())
	}
	return func(a, b int) bool { return keys[a] < keys[b] }
}

func key(pattern string, i, length, random uint32) uint32 {
	switch pattern {
	case "random":
		return random
	case "few":
		return random % 7
	case "equal":
		return 1
	case "ascending":
		return i
	case "descending":
		return length - i
	case "nearly":
		if random%50 == 0 {
			return random % length
		}
		return i
	case "sawtooth":
		return i % 17
	default:
		return min(i, length-i)
	}
}

func mulberry(seed uint32) func() uint32 {
	state := seed
	return func() uint32 {
		state += 0x6d2b79f5
		t := (state ^ state>>15) * (state | 1)
		t ^= t + (t^t>>7)*(t|61)
		return t ^ t>>14
	}
}

// McIlroy's adversary: it decides what is less only when asked, always to the sorter's disadvantage.
func adversary(length int) func(a, b int) bool {
	gas := length
	values := make([]int, length)
	for i := range values {
		values[i] = gas
	}
	solid, candidate := 0, 0
	return func(a, b int) bool {
		if values[a] == gas && values[b] == gas {
			if a == candidate {
				values[a] = solid
			} else {
				values[b] = solid
			}
			solid++
		}
		if values[a] == gas {
			candidate = a
		} else if values[b] == gas {
			candidate = b
		}
		return values[a] < values[b]
	}
}
