package main

import (
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/component-helpers/scheduling/corev1/nodeaffinity"

	"sigs.k8s.io/karpenter/pkg/scheduling"
)

// Which of the taints each toleration alone covers, and whether all together do.
func taints(arguments []json.RawMessage) any {
	list := decode[[]corev1.Taint](arguments[0])
	tolerations := decode[[]corev1.Toleration](arguments[1])
	each := ""
	for _, taint := range list {
		each += string(rune('0' + bit(scheduling.Taints{taint}.Tolerates(tolerations) == nil)))
		each += string(rune('0' + bit(scheduling.IsKnownEphemeralTaint(&taint))))
	}
	merged := scheduling.Taints(list[:1]).Merge(list)
	return []any{each, bit(scheduling.Taints(list).Tolerates(tolerations) == nil), len(merged)}
}

func selector(arguments []json.RawMessage) any {
	compiled, err := metav1.LabelSelectorAsSelector(decode[*metav1.LabelSelector](arguments[0]))
	if err != nil {
		return nil
	}
	matches := ""
	for _, set := range decode[[]map[string]string](arguments[1]) {
		matches += string(rune('0' + bit(compiled.Matches(labels.Set(set)))))
	}
	return matches
}

func terms(arguments []json.RawMessage) any {
	required := &corev1.NodeSelector{NodeSelectorTerms: decode[[]corev1.NodeSelectorTerm](arguments[0])}
	compiled := nodeaffinity.NewLazyErrorNodeSelector(required)
	matches := ""
	for _, node := range decode[[]corev1.Node](arguments[1]) {
		match, _ := compiled.Match(&node)
		matches += string(rune('0' + bit(match)))
	}
	return matches
}
