package main

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"
)

func quantity(arguments []json.RawMessage) any {
	q, err := resource.ParseQuantity(decode[string](arguments[0]))
	switch {
	case errors.Is(err, resource.ErrFormatWrong):
		return "form"
	case errors.Is(err, resource.ErrNumeric):
		return "number"
	case errors.Is(err, resource.ErrSuffix):
		return "suffix"
	}
	return []any{canonical(q), q.Format}
}

// Comparison, sum and difference of two quantities.
func sum(arguments []json.RawMessage) any {
	a := resource.MustParse(decode[string](arguments[0]))
	b := resource.MustParse(decode[string](arguments[1]))
	total, rest := a.DeepCopy(), a.DeepCopy()
	total.Add(b)
	rest.Sub(b)
	return []any{a.Cmp(b), canonical(total), total.Format, canonical(rest), rest.Format, rest.Sign()}
}

// The text that Kubernetes would compute; String may repeat what was read.
func canonical(q resource.Quantity) string {
	number, suffix := q.CanonicalizeBytes(nil)
	return string(number) + string(suffix)
}

func duration(arguments []json.RawMessage) any {
	d, err := time.ParseDuration(decode[string](arguments[0]))
	if err != nil {
		return nil
	}
	return []any{strconv.FormatInt(d.Nanoseconds(), 10), d.String()}
}

func label(arguments []json.RawMessage) any {
	text := decode[string](arguments[0])
	return []any{
		causes(validation.IsQualifiedName(text), "key"),
		causes(validation.IsValidLabelValue(text), "value"),
		bit(len(validation.IsDNS1123Label(text)) == 0),
		bit(len(validation.IsDNS1123Subdomain(text)) == 0),
	}
}

func causes(messages []string, part string) string {
	texts := []string{}
	for _, message := range messages {
		where := part
		for _, named := range []string{"prefix", "name"} {
			if strings.HasPrefix(message, named+" part ") {
				where = named
			}
		}
		texts = append(texts, where+" "+cause(message, where))
	}
	return strings.Join(texts, ", ")
}

func cause(message, part string) string {
	switch {
	case strings.Contains(message, "must be no more than"):
		return "too-long"
	case strings.Contains(message, "must be non-empty"):
		return "empty"
	case part == "key":
		return "slashes"
	}
	return "characters"
}
