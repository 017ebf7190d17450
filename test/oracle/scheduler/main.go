// Command oracle runs Karpenter's own scheduler over scenario files. README.md says how.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"

	"sigs.k8s.io/controller-runtime/pkg/log"
	"sigs.k8s.io/karpenter/pkg/operator/logging"
)

var (
	runs        = flag.Int("n", 0, "solve `N` times from fresh state and print the distinct outcomes with counts")
	level       = flag.Int("level", 2, "2: the scheduler, lists in file order; 3: the whole provisioner")
	dumpTypes   = flag.Bool("types", false, "print the instance types of every NodePool instead of solving")
	catalogDir  = flag.String("catalog", "", "folder of the catalog CSV files (default: .ci/generate/catalog of a parent folder)")
	workers     = flag.Int("workers", 1, "parallel evaluations of candidates; the decision does not depend on it")
	showTime    = flag.Bool("time", false, "say on stderr how much processor time Solve took (level 2)")
	lines       = flag.Bool("lines", false, "read one scenario a line and print one result, or {\"error\"}, a line")
	withoutText = flag.Bool("quiet", false, "leave error texts and labels out")
)

func main() {
	flag.Parse()
	log.SetLogger(logging.NopLogger)
	registerAWS()
	registerNodeClass()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}

func run() error {
	dir, err := findCatalog()
	if err != nil {
		return err
	}
	c, err := readCatalog(dir)
	if err != nil {
		return err
	}
	if *lines {
		return batch(c, os.Stdin, os.Stdout)
	}
	if flag.NArg() == 0 {
		text, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		return one(c, text, os.Stdout)
	}
	for _, path := range flag.Args() {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := one(c, text, os.Stdout); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func one(c *catalog, text []byte, to io.Writer) error {
	var sc scenario
	if err := json.Unmarshal(text, &sc); err != nil {
		return err
	}
	var answer any
	var err error
	switch {
	case *dumpTypes:
		answer, err = printedTypes(c, &sc)
	case *runs > 0:
		answer, err = solveMany(c, &sc, *runs)
	default:
		answer, err = solveOnce(c, &sc)
	}
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(answer)
}

// batch answers line by line. A scenario that cannot be read, or on which Karpenter panics, is an answer too.
func batch(c *catalog, from io.Reader, to io.Writer) error {
	in := bufio.NewReaderSize(from, 1<<20)
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			if err := out.Encode(answerLine(c, line)); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func answerLine(c *catalog, line []byte) (answer any) {
	failed := func(problem any) any { return map[string]string{"error": fmt.Sprint(problem)} }
	defer func() {
		if problem := recover(); problem != nil {
			answer = failed(problem)
		}
	}()
	var sc scenario
	if err := json.Unmarshal(line, &sc); err != nil {
		return failed(err)
	}
	r, err := solveOnce(c, &sc)
	if err != nil {
		return failed(err)
	}
	r.forget()
	return r
}

func solveOnce(c *catalog, sc *scenario) (*result, error) {
	defaults(sc)
	w, err := newWorld(c, sc)
	if err != nil {
		return nil, err
	}
	solve := w.solve
	if *level == 3 {
		solve = w.provisionerSolve
	}
	r, err := solve()
	if err != nil {
		return nil, err
	}
	if *showTime {
		fmt.Fprintf(os.Stderr, "%d pods in %.3f s: %.0f pods/s\n", len(w.pods), w.took.Seconds(), float64(len(w.pods))/w.took.Seconds())
	}
	out := newResult(w, r)
	if *withoutText {
		out.forget()
	}
	return out, nil
}

type outcome struct {
	Count  int     `json:"count"`
	Result *result `json:"result"`
}

// solveMany lists the distinct results of n runs, most frequent first.
func solveMany(c *catalog, sc *scenario, n int) ([]*outcome, error) {
	seen := map[string]*outcome{}
	for range n {
		r, err := solveOnce(c, sc)
		if err != nil {
			return nil, err
		}
		r.forget()
		text, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		if seen[string(text)] == nil {
			seen[string(text)] = &outcome{Result: r}
		}
		seen[string(text)].Count++
	}
	var out []*outcome
	for _, text := range sortedKeys(seen) {
		out = append(out, seen[text])
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Count > out[j].Count })
	return out, nil
}

func defaults(sc *scenario) {
	if sc.Settings.Region == "" {
		sc.Settings.Region = "us-east-1"
	}
	if sc.Settings.Zones == nil {
		sc.Settings.Zones = []string{"us-east-1a", "us-east-1b", "us-east-1c"}
	}
	if sc.InstanceTypes.From == "" && sc.InstanceTypes.Inline == nil {
		sc.InstanceTypes.From = "catalog"
	}
}

func findCatalog() (string, error) {
	if *catalogDir != "" {
		return *catalogDir, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		candidate := filepath.Join(dir, ".ci", "generate", "catalog")
		if _, err := os.Stat(candidate); err == nil {
			return candidate, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no catalog found, give -catalog")
		}
	}
}
