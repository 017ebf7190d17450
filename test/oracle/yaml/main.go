// Says what a YAML text becomes on its way to a Kubernetes API server, with the reader that kubectl, Flux, Argo CD and kustomize
// share. A JSON list of texts comes in on stdin; one answer each leaves on stdout, its JSON as text so that no digit is lost.
package main

import (
	"encoding/json"
	"os"

	"sigs.k8s.io/yaml"
)

type answer struct {
	JSON string `json:"json,omitempty"`
	// Why there is no JSON.
	Error string `json:"error,omitempty"`
	// What the reader says on top when it is told to refuse duplicate keys.
	Strict string `json:"strict,omitempty"`
}

func main() {
	var texts []string
	must(json.NewDecoder(os.Stdin).Decode(&texts))
	answers := make([]answer, len(texts))
	for i, text := range texts {
		answers[i] = read(text)
	}
	must(json.NewEncoder(os.Stdout).Encode(answers))
}

func read(text string) answer {
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return answer{Error: err.Error()}
	}
	said := answer{JSON: string(converted)}
	if _, err := yaml.YAMLToJSONStrict([]byte(text)); err != nil {
		said.Strict = err.Error()
	}
	return said
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
