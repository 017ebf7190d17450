package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	karpv1 "sigs.k8s.io/karpenter/pkg/apis/v1"
	"sigs.k8s.io/karpenter/pkg/cloudprovider"
	"sigs.k8s.io/karpenter/pkg/scheduling"
)

// row is one line of instance-types.csv, by column name.
type row map[string]string

func (r row) int(column string) int64 {
	n, err := strconv.ParseInt(r[column], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// catalog is what the CSV files of the catalog say.
type catalog struct {
	rows   map[string]row
	order  []string
	prices map[string]map[string]float64 // region, type
}

func readCSV(path string) ([]row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	rows := make([]row, 0, len(records))
	for _, record := range records[1:] {
		r := row{}
		for i, column := range records[0] {
			r[column] = record[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func readCatalog(dir string) (*catalog, error) {
	c := &catalog{rows: map[string]row{}, prices: map[string]map[string]float64{}}
	rows, err := readCSV(filepath.Join(dir, "instance-types.csv"))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		r["pod_eni"], r["private_ipv4"] = "0", "0"
		if r["trunking"] == "1" {
			r["pod_eni"] = r["branch_enis"]
		}
		if r["trunking"] != "" {
			r["private_ipv4"] = strconv.FormatInt(r.int("ipv4_per_eni")-1, 10)
		}
		c.rows[r["name"]] = r
		c.order = append(c.order, r["name"])
	}
	if karpenter114 {
		if err := c.correct(filepath.Join(dir, "karpenter-1.14.csv")); err != nil {
			return nil, err
		}
	}
	for file, column := range map[string]string{"prices.csv": "usd_per_hour", "prices-other-partitions.csv": "per_hour"} {
		rows, err := readCSV(filepath.Join(dir, file))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if c.prices[r["region"]] == nil {
				c.prices[r["region"]] = map[string]float64{}
			}
			price, err := strconv.ParseFloat(r[column], 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			c.prices[r["region"]][r["instance_type"]] = price
		}
	}
	return c, nil
}

// correct puts in the cells that the tables of an older release hold otherwise.
func (c *catalog) correct(path string) error {
	cells, err := readCSV(path)
	if err != nil {
		return err
	}
	for _, cell := range cells {
		c.rows[cell["name"]][cell["column"]] = cell["value"]
	}
	return nil
}

// names lists the types of a scenario: the given names in the given order, or every complete row in file order.
func (c *catalog) names(wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		for _, name := range c.order {
			if c.rows[name]["source"] == "docs" {
				wanted = append(wanted, name)
			}
		}
		return wanted, nil
	}
	for _, name := range wanted {
		if r, ok := c.rows[name]; !ok || r["source"] == "tables" {
			return nil, fmt.Errorf("instance type %q is not (completely) in the catalog", name)
		}
	}
	return wanted, nil
}

func (c *catalog) onDemandPrice(region, name string) (float64, bool) {
	prices, ok := c.prices[region]
	if !ok {
		prices = c.prices["us-east-1"]
	}
	price, ok := prices[name]
	return price, ok
}

var typeScheme = regexp.MustCompile(`(^[a-z]+)(\-[0-9]+tb)?([0-9]+).*\.`)

const aws = "karpenter.k8s.aws/"

var reservationKeys = []string{aws + "capacity-reservation-id", aws + "capacity-reservation-type", aws + "capacity-reservation-interruptible"}

func in(key string, values ...string) *scheduling.Requirement {
	return scheduling.NewRequirement(key, corev1.NodeSelectorOpIn, values...)
}

func optional(key, value string) *scheduling.Requirement {
	if value == "" {
		return scheduling.NewRequirement(key, corev1.NodeSelectorOpDoesNotExist)
	}
	return in(key, value)
}

func quantity(format string, args ...any) resource.Quantity {
	return resource.MustParse(fmt.Sprintf(format, args...))
}

// derive builds one instance type the way the AWS provider does, from the catalog and the node class.
func derive(c *catalog, s *settings, class *EC2NodeClass, name string) *cloudprovider.InstanceType {
	r := c.rows[name]
	zones := typeZones(s, class, name)
	it := &cloudprovider.InstanceType{
		Name:         name,
		Requirements: requirements(r, s, class, zones),
		Capacity:     capacity(r, s, class),
		Overhead:     overhead(r, s, class),
	}
	if class.windows() && r["arch"] == "amd64" {
		it.Capacity["vpc.amazonaws.com/PrivateIPv4Address"] = quantity("%s", r["private_ipv4"])
	}
	it.Offerings = offerings(c, s, class, name, zones)
	return it
}

// typeZones are the zones of the node class (all zones of the scenario when it names none) that offer the type.
func typeZones(s *settings, class *EC2NodeClass, name string) []string {
	offered, limited := s.TypeZones[name]
	var zones []string
	for _, z := range class.zones(s) {
		if !limited || contains(offered, z) {
			zones = append(zones, z)
		}
	}
	return zones
}

func requirements(r row, s *settings, class *EC2NodeClass, zones []string) scheduling.Requirements {
	name := r["name"]
	capacityTypes := []string{"on-demand", "spot"}
	var ids, types, interruptible []string
	for _, cr := range class.Status.CapacityReservations {
		if cr.InstanceType == name {
			ids, types = append(ids, cr.ID), append(types, cr.reservationType())
			interruptible = append(interruptible, fmt.Sprint(cr.Interruptible))
		}
	}
	if len(ids) > 0 {
		capacityTypes = append(capacityTypes, karpv1.CapacityTypeReserved)
	}
	var category, generation string
	if m := typeScheme.FindStringSubmatch(name); m != nil {
		category, generation = m[1], m[3]
	}
	family, size, _ := strings.Cut(name, ".")
	os := []string{"linux"}
	if class.windows() {
		os = nil
		if r["arch"] == "amd64" {
			os = []string{"windows"}
		}
	}
	reqs := scheduling.NewRequirements(
		in(corev1.LabelInstanceTypeStable, name),
		in(corev1.LabelArchStable, r["arch"]),
		in(corev1.LabelOSStable, os...),
		in(corev1.LabelTopologyZone, zones...),
		in(corev1.LabelTopologyRegion, s.Region),
		optional(corev1.LabelWindowsBuild, class.windowsBuild()),
		in(karpv1.CapacityTypeLabelKey, capacityTypes...),
		in(aws+"instance-cpu", r["vcpu"]),
		optional(aws+"instance-cpu-manufacturer", r["cpu_manufacturer"]),
		optional(aws+"instance-cpu-sustained-clock-speed-mhz", r["sustained_clock_mhz"]),
		in(aws+"instance-memory", r["memory_mib"]),
		optional(aws+"instance-ebs-bandwidth", r["ebs_bandwidth_mbps"]),
		optional(aws+"instance-network-bandwidth", r["network_bandwidth_mbps"]),
		optional(aws+"instance-category", category),
		optional(aws+"instance-generation", generation),
		in(aws+"instance-family", family),
		in(aws+"instance-size", size),
		in(aws+"instance-capability-flex", fmt.Sprint(strings.Contains(family, "-flex"))),
		optional(aws+"instance-local-nvme", r["local_nvme_gb"]),
		optional(aws+"instance-gpu-name", r["gpu_name"]),
		optional(aws+"instance-gpu-manufacturer", r["gpu_manufacturer"]),
		optional(aws+"instance-gpu-count", r["gpu_count"]),
		optional(aws+"instance-gpu-memory", r["gpu_memory_mib"]),
		optional(aws+"instance-accelerator-name", r["accelerator_name"]),
		optional(aws+"instance-accelerator-manufacturer", r["accelerator_manufacturer"]),
		optional(aws+"instance-accelerator-count", r["accelerator_count"]),
		in(aws+"instance-hypervisor", r["hypervisor"]),
		in(aws+"instance-encryption-in-transit-supported", fmt.Sprint(r["encryption_in_transit"] == "1")),
		in(aws+"instance-tenancy", "default", "dedicated"),
		in(reservationKeys[0], ids...),
		in(reservationKeys[1], types...),
		in(reservationKeys[2], interruptible...),
	)
	var zoneIDs []string
	for _, z := range zones {
		if id, ok := class.zoneID(s, z); ok {
			zoneIDs = append(zoneIDs, id)
		}
	}
	if len(zoneIDs) > 0 {
		reqs.Add(in("topology.k8s.aws/zone-id", zoneIDs...))
	}
	return reqs
}

// memoryMi is the capacity memory in MiB: 64 less on arm64, then less the virtual machine overhead.
func memoryMi(r row, s *settings) int64 {
	mi := r.int("memory_mib")
	if r["arch"] == "arm64" {
		mi -= 64
	}
	return mi - int64(math.Ceil(float64(mi*1024*1024)*s.vmOverhead()/1024/1024))
}

// eniPods is the number of pods the network interfaces of the default card can hold. Types without interface data
// keep the number the catalog documents.
func eniPods(r row, class *EC2NodeClass, reserved int64) int64 {
	if r["enis"] == "" || r["ipv4_per_eni"] == "" {
		return r.int("cap_pods")
	}
	usable := max(r.int("enis")-reserved-class.efaOnly(0), 0)
	if usable == 0 {
		return 0
	}
	return usable*(r.int("ipv4_per_eni")-1) + 2
}

func podCount(r row, s *settings, class *EC2NodeClass) int64 {
	kubelet := class.kubelet()
	var count int64
	switch {
	case kubelet.MaxPods != nil:
		count = int64(*kubelet.MaxPods)
	case !class.windows():
		count = eniPods(r, class, s.ReservedENIs)
	default:
		count = 110
	}
	if kubelet.PodsPerCore != nil && *kubelet.PodsPerCore > 0 && class.family() != "Bottlerocket" {
		count = min(count, int64(*kubelet.PodsPerCore)*r.int("vcpu"))
	}
	return count
}

func ephemeralStorage(r row, class *EC2NodeClass) resource.Quantity {
	if class.Spec.InstanceStorePolicy == "RAID0" && r["local_nvme_gb"] != "" {
		return quantity("%sG", r["local_nvme_gb"])
	}
	mappings := class.Spec.BlockDeviceMappings
	for _, m := range mappings {
		if m.RootVolume && m.EBS.VolumeSize != nil {
			return *m.EBS.VolumeSize
		}
		if m.RootVolume {
			break
		}
	}
	device := map[string]string{"Bottlerocket": "/dev/xvdb", "Windows2019": "/dev/sda1", "Windows2022": "/dev/sda1", "Windows2025": "/dev/sda1"}[class.family()]
	if device == "" {
		device = "/dev/xvda"
	}
	if class.family() == "Custom" {
		if n := len(mappings); n > 0 && mappings[n-1].EBS.VolumeSize != nil {
			return *mappings[n-1].EBS.VolumeSize
		}
		return quantity("20Gi")
	}
	for _, m := range mappings {
		if m.DeviceName == device {
			if m.EBS.VolumeSize != nil {
				return *m.EBS.VolumeSize
			}
			break
		}
	}
	if class.windows() {
		return quantity("50Gi")
	}
	return quantity("20Gi")
}

func capacity(r row, s *settings, class *EC2NodeClass) corev1.ResourceList {
	efa := r.int("efa_count")
	if class.Spec.NetworkInterfaces != nil {
		efa = class.efaOnly(-1)
	}
	return corev1.ResourceList{
		corev1.ResourceCPU:              quantity("%s", r["vcpu"]),
		corev1.ResourceMemory:           quantity("%dMi", memoryMi(r, s)),
		corev1.ResourceEphemeralStorage: ephemeralStorage(r, class),
		corev1.ResourcePods:             quantity("%d", podCount(r, s, class)),
		"vpc.amazonaws.com/pod-eni":     quantity("%d", r.int("pod_eni")),
		"nvidia.com/gpu":                quantity("%d", r.int("alloc_nvidia_gpu")),
		"amd.com/gpu":                   quantity("%d", r.int("alloc_amd_gpu")),
		"aws.amazon.com/neuron":         quantity("%d", r.int("alloc_neuron")),
		"aws.amazon.com/neuroncore":     quantity("%d", r.int("alloc_neuroncore")),
		"habana.ai/gaudi":               quantity("%d", r.int("alloc_habana_gaudi")),
		"vpc.amazonaws.com/efa":         quantity("%d", efa),
	}
}

// reservedCPU is the cpu, in milli, that the kubelet keeps: 6, 1, 0.5, 0.25 % of the bands 0-1, 1-2, 2-4, 4- cores.
func reservedCPU(vcpu int64) int64 {
	var total int64
	milli := vcpu * 1000
	for _, band := range []struct {
		start, end int64
		share      float64
	}{{0, 1000, 0.06}, {1000, 2000, 0.01}, {2000, 4000, 0.005}, {4000, 1 << 31, 0.0025}} {
		if milli >= band.start {
			total += int64(float64(min(milli, band.end)-band.start) * band.share)
		}
	}
	return total
}

func overhead(r row, s *settings, class *EC2NodeClass) *cloudprovider.InstanceTypeOverhead {
	pods := podCount(r, s, class)
	if family := class.family(); family == "AL2" || family == "AL2023" || family == "Custom" {
		pods = eniPods(r, class, 0)
	}
	kubelet := class.kubelet()
	kube := corev1.ResourceList{
		corev1.ResourceCPU:              quantity("%dm", reservedCPU(r.int("vcpu"))),
		corev1.ResourceMemory:           quantity("%dMi", 11*pods+255),
		corev1.ResourceEphemeralStorage: quantity("1Gi"),
	}
	system := corev1.ResourceList{}
	for k, v := range kubelet.KubeReserved {
		kube[corev1.ResourceName(k)] = resource.MustParse(v)
	}
	for k, v := range kubelet.SystemReserved {
		system[corev1.ResourceName(k)] = resource.MustParse(v)
	}
	memory, storage := quantity("%dMi", memoryMi(r, s)), ephemeralStorage(r, class)
	eviction := corev1.ResourceList{
		corev1.ResourceMemory:           quantity("100Mi"),
		corev1.ResourceEphemeralStorage: quantity("%v", math.Ceil(float64(storage.Value())/100*10)),
	}
	if v, ok := kubelet.EvictionHard["memory.available"]; ok {
		eviction[corev1.ResourceMemory] = signal(memory, v)
	}
	if v, ok := kubelet.EvictionHard["nodefs.available"]; ok {
		eviction[corev1.ResourceEphemeralStorage] = signal(storage, v)
	}
	return &cloudprovider.InstanceTypeOverhead{KubeReserved: kube, SystemReserved: system, EvictionThreshold: eviction}
}

func signal(capacity resource.Quantity, value string) resource.Quantity {
	percent, ok := strings.CutSuffix(value, "%")
	if !ok {
		return resource.MustParse(value)
	}
	p, err := strconv.ParseFloat(percent, 64)
	if err != nil {
		panic(err)
	}
	if p == 100 {
		p = 0
	}
	return quantity("%v", math.Ceil(capacity.AsApproximateFloat64()/100*p))
}

// compatible says whether the node class can use the type at all.
func compatible(name string, r row, class *EC2NodeClass) bool {
	if class.family() == "AL2023" && strings.HasPrefix(name, "a1.") {
		return false
	}
	return class.Spec.ConnectionTracking == nil || r["hypervisor"] == "nitro"
}

func offerings(c *catalog, s *settings, class *EC2NodeClass, name string, zones []string) cloudprovider.Offerings {
	usable := compatible(name, c.rows[name], class)
	onDemand, priced := c.onDemandPrice(s.Region, name)
	var out cloudprovider.Offerings
	add := func(zone, capacityType string, price float64, available bool, reservation *capacityReservation) *cloudprovider.Offering {
		reqs := scheduling.NewRequirements(in(karpv1.CapacityTypeLabelKey, capacityType), in(corev1.LabelTopologyZone, zone))
		if reservation == nil {
			for _, key := range reservationKeys {
				reqs.Add(in(key))
			}
		} else {
			reqs.Add(in(reservationKeys[0], reservation.ID), in(reservationKeys[1], reservation.reservationType()),
				in(reservationKeys[2], fmt.Sprint(reservation.Interruptible)))
		}
		if id, ok := class.zoneID(s, zone); ok {
			reqs.Add(in("topology.k8s.aws/zone-id", id))
		}
		of := &cloudprovider.Offering{Requirements: reqs, Price: price, Available: available && usable && contains(zones, zone)}
		out = append(out, of)
		return of
	}
	for _, zone := range s.Zones {
		add(zone, karpv1.CapacityTypeOnDemand, onDemand, priced && !s.unavailable(name, zone, karpv1.CapacityTypeOnDemand), nil)
		price, ok := onDemand, priced
		if s.SpotPrices != nil {
			price, ok = s.SpotPrices[name][zone]
		}
		add(zone, karpv1.CapacityTypeSpot, price, ok && !s.unavailable(name, zone, karpv1.CapacityTypeSpot), nil)
	}
	for i := range class.Status.CapacityReservations {
		cr := &class.Status.CapacityReservations[i]
		if cr.InstanceType != name {
			continue
		}
		count := s.ReservationCounts[cr.ID]
		add(cr.AvailabilityZone, karpv1.CapacityTypeReserved, onDemand/10_000_000, (count != 0 || !karpenter114) && cr.State != "expiring", cr).ReservationCapacity = count
	}
	return out
}

// karpenter114 says that this program was built with Karpenter 1.14, whose tables are older and whose provider calls the
// offering of a full reservation unavailable. Since 1.15 it stays available, with capacity 0.
var karpenter114 = func() bool {
	info, _ := debug.ReadBuildInfo()
	for _, dep := range info.Deps {
		if dep.Path == "sigs.k8s.io/karpenter" {
			return strings.HasPrefix(dep.Version, "v1.14.")
		}
	}
	return false
}()

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
