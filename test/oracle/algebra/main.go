// Answers questions about Kubernetes' and Karpenter's arithmetic with the real code: JSON in on stdin, JSON out on stdout.
// A question is an array that starts with its kind; see questions.ts for the kinds and answer.ts for our own answers.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	karpv1 "sigs.k8s.io/karpenter/pkg/apis/v1"
)

type input struct {
	// Labels that the AWS provider adds to Karpenter's well-known ones.
	WellKnownLabels []string          `json:"wellKnownLabels"`
	Questions       []json.RawMessage `json:"questions"`
}

type answerer func(arguments []json.RawMessage) any

var kinds = map[string]answerer{
	"pair":       pair,
	"sets":       sets,
	"min":        minValues,
	"restricted": restricted,
	"well-known": wellKnown,
	"taints":     taints,
	"selector":   selector,
	"terms":      terms,
	"quantity":   quantity,
	"sum":        sum,
	"duration":   duration,
	"label":      label,
	"cron":       cronSchedule,
	"active":     active,
	"sort":       sortSlice,
}

func main() {
	var in input
	must(json.NewDecoder(os.Stdin).Decode(&in))
	karpv1.WellKnownLabels.Insert(in.WellKnownLabels...)
	// As the AWS provider's operator and init functions do.
	karpv1.RestrictedLabelDomains.Insert("karpenter.k8s.aws")
	karpv1.NormalizedLabels["topology.ebs.csi.aws.com/zone"] = "topology.kubernetes.io/zone"

	answers := make([]any, len(in.Questions))
	for i, raw := range in.Questions {
		var parts []json.RawMessage
		must(json.Unmarshal(raw, &parts))
		kind := decode[string](parts[0])
		answer, ok := kinds[kind]
		if !ok {
			must(fmt.Errorf("no such kind of question: %s", kind))
		}
		answers[i] = answer(parts[1:])
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	must(encoder.Encode(answers))
}

func decode[T any](raw json.RawMessage) T {
	var value T
	must(json.Unmarshal(raw, &value))
	return value
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
