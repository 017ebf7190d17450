// Runs the AWS provider's own validation of spec.kubelet over a list of maps: JSON in, JSON out.
package main

import (
	"encoding/json"
	"os"

	v1 "github.com/aws/karpenter-provider-aws/pkg/apis/v1"
)

func main() {
	var maps []v1.KubeletConfiguration
	check(json.NewDecoder(os.Stdin).Decode(&maps))
	answers := make([][]string, len(maps))
	for i, kubelet := range maps {
		answers[i] = []string{}
		for _, err := range v1.ValidateKubeletConfig(kubelet) {
			answers[i] = append(answers[i], err.Error())
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(answers))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
