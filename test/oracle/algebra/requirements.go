package main

import (
	"encoding/json"
	"sort"
	"strings"

	"go.uber.org/multierr"
	corev1 "k8s.io/api/core/v1"

	karpv1 "sigs.k8s.io/karpenter/pkg/apis/v1"
	"sigs.k8s.io/karpenter/pkg/cloudprovider"
	"sigs.k8s.io/karpenter/pkg/scheduling"
)

type requirement struct {
	Key       string   `json:"key"`
	Operator  string   `json:"operator"`
	Values    []string `json:"values,omitempty"`
	MinValues *int     `json:"minValues,omitempty"`
}

func (r requirement) build() *scheduling.Requirement {
	return scheduling.NewRequirementWithFlexibility(r.Key, corev1.NodeSelectorOperator(r.Operator), r.MinValues, r.Values...)
}

func build(list []requirement) scheduling.Requirements {
	set := scheduling.NewRequirements()
	for _, r := range list {
		set.Add(r.build())
	}
	return set
}

// Two requirements, each the intersection of a list, and values to try.
func pair(arguments []json.RawMessage) any {
	a := fold(decode[[]requirement](arguments[0]))
	b := fold(decode[[]requirement](arguments[1]))
	both := a.Intersection(b)
	has := ""
	for _, value := range decode[[]string](arguments[2]) {
		for _, r := range []*scheduling.Requirement{a, b, both} {
			has += string(rune('0' + bit(r.Has(value))))
		}
	}
	size := both.Len()
	if size > 1<<62 {
		size = -1
	}
	return []any{a.String(), b.String(), both.String(), both.Operator(), size, bit(a.HasIntersection(b)), bit(b.HasIntersection(a)), has, entries(scheduling.NewRequirements(both))}
}

func fold(list []requirement) *scheduling.Requirement {
	result := list[0].build()
	for _, r := range list[1:] {
		result = result.Intersection(r.build())
	}
	return result
}

func entries(set scheduling.Requirements) string {
	texts := []string{}
	for _, r := range set.NodeSelectorRequirements() {
		text := r.Key + " " + string(r.Operator) + " " + strings.Join(r.Values, ",")
		if r.MinValues != nil {
			raw, err := json.Marshal(*r.MinValues)
			must(err)
			text += " " + string(raw)
		}
		texts = append(texts, text)
	}
	sort.Strings(texts)
	return strings.Join(texts, "; ")
}

// The existing set, the incoming one.
func sets(arguments []json.RawMessage) any {
	existing := build(decode[[]requirement](arguments[0]))
	incoming := build(decode[[]requirement](arguments[1]))
	return []any{
		existing.String(),
		verdict(existing.Compatible(incoming)),
		verdict(existing.Compatible(incoming, scheduling.AllowUndefinedWellKnownLabels)),
		messages(existing.Intersects(incoming)),
		bit(existing.HasMinValues()),
	}
}

// Which of several undefined labels is named is random upstream, so only that there is one counts.
func verdict(err error) string {
	if err == nil {
		return ""
	}
	if strings.Contains(err.Error(), "does not have known values") {
		return "undefined"
	}
	return messages(err)
}

func messages(err error) string {
	texts := []string{}
	for _, one := range multierr.Errors(err) {
		texts = append(texts, one.Error())
	}
	sort.Strings(texts)
	return strings.Join(texts, "; ")
}

func minValues(arguments []json.RawMessage) any {
	types := cloudprovider.InstanceTypes{}
	for _, list := range decode[[][]requirement](arguments[0]) {
		types = append(types, &cloudprovider.InstanceType{Requirements: build(list)})
	}
	needed, unsatisfied, _ := types.SatisfiesMinValues(build(decode[[]requirement](arguments[1])))
	keys := []string{}
	for key, count := range unsatisfied {
		raw, err := json.Marshal(count)
		must(err)
		keys = append(keys, key+" "+string(raw))
	}
	sort.Strings(keys)
	return []any{needed, strings.Join(keys, ", ")}
}

func restricted(arguments []json.RawMessage) any {
	return bit(karpv1.IsRestrictedLabel(decode[string](arguments[0])) != nil)
}

func wellKnown([]json.RawMessage) any {
	keys := karpv1.WellKnownLabels.UnsortedList()
	sort.Strings(keys)
	return keys
}
