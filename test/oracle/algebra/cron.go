package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	clock "k8s.io/utils/clock/testing"

	karpv1 "sigs.k8s.io/karpenter/pkg/apis/v1"
)

// How robfig/cron words its refusals; what is bracketed belongs to the answer.
var refusals = []struct {
	pattern *regexp.Regexp
	why     string
}{
	{regexp.MustCompile(`^failed to parse int from `), "number"},
	{regexp.MustCompile(`^negative number `), "negative"},
	{regexp.MustCompile(`^too many hyphens: (.*)$`), "too-many-hyphens"},
	{regexp.MustCompile(`^too many slashes: (.*)$`), "too-many-slashes"},
	{regexp.MustCompile(`^beginning of range \(\d+\) below minimum \(\d+\): (.*)$`), "below-minimum"},
	{regexp.MustCompile(`^end of range \(\d+\) above maximum \(\d+\): (.*)$`), "above-maximum"},
	{regexp.MustCompile(`^beginning of range \(\d+\) beyond end of range \(\d+\): (.*)$`), "reversed-range"},
	{regexp.MustCompile(`^step of range should be a positive number: (.*)$`), "zero-step"},
	{regexp.MustCompile(`^expected exactly 5 fields, found (\d+)`), "field-count"},
	{regexp.MustCompile(`^unrecognized descriptor`), "descriptor"},
	{regexp.MustCompile(`^failed to parse duration @every `), "every"},
}

// The refusal, or a chain of hits in seconds from each of some instants in milliseconds; null where there is none.
func cronSchedule(arguments []json.RawMessage) any {
	// As Budget.IsActive calls it.
	text := decode[string](arguments[0])
	schedule, err := cron.ParseStandard("TZ=UTC " + text)
	if err != nil {
		return refusal(text, err.Error())
	}
	if _, ok := schedule.(*cron.SpecSchedule); !ok {
		return "every"
	}
	chains := [][]any{}
	for _, start := range decode[[]int64](arguments[1]) {
		chain := []any{}
		at := time.UnixMilli(start).UTC()
		for range decode[int](arguments[2]) {
			at = schedule.Next(at)
			if at.IsZero() {
				chain = append(chain, nil)
				break
			}
			chain = append(chain, at.Unix())
		}
		chains = append(chains, chain)
	}
	return chains
}

func refusal(text, message string) string {
	// Ours has a reason of its own for these, where robfig/cron stumbles over whatever comes of them.
	if trimmed := strings.TrimSpace(text); strings.HasPrefix(trimmed, "TZ=") || strings.HasPrefix(trimmed, "CRON_TZ=") {
		return "time-zone"
	}
	for _, known := range refusals {
		if found := known.pattern.FindStringSubmatch(message); found != nil {
			return strings.Join(append([]string{known.why}, found[1:]...), " ")
		}
	}
	return message
}

// Whether a budget with this schedule and duration is active at some instants in milliseconds.
func active(arguments []json.RawMessage) any {
	schedule := decode[string](arguments[0])
	length, err := time.ParseDuration(decode[string](arguments[1]))
	must(err)
	budget := karpv1.Budget{Nodes: "0", Schedule: &schedule, Duration: &metav1.Duration{Duration: length}}
	result := ""
	for _, instant := range decode[[]int64](arguments[2]) {
		is, err := budget.IsActive(clock.NewFakeClock(time.UnixMilli(instant)))
		must(err)
		result += string(rune('0' + bit(is)))
	}
	return result
}
