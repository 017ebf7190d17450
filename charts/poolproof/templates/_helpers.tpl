{{- define "poolproof.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Short enough for the longest suffix, "-scan-1000", to fit into the 52 characters of a CronJob's name. */}}
{{- define "poolproof.fullname" -}}
{{- $name := include "poolproof.name" . }}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) }}
{{- default $full .Values.fullnameOverride | trunc 42 | trimSuffix "-" }}
{{- end }}

{{/* For objects without a namespace: two releases of one name, in two namespaces, must not meet. */}}
{{- define "poolproof.clusterName" -}}
{{- printf "%s-%s" .Release.Namespace (include "poolproof.fullname" .) }}
{{- end }}

{{/* What selectors hold. Never add to it: a Deployment's selector cannot be changed, so every upgrade would fail. */}}
{{- define "poolproof.selectorLabels" -}}
app.kubernetes.io/name: {{ include "poolproof.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "poolproof.labels" -}}
{{- $root := .root }}
{{- $own := include "poolproof.selectorLabels" . | fromYaml }}
{{- $about := dict
      "app.kubernetes.io/version" $root.Chart.AppVersion
      "app.kubernetes.io/part-of" "poolproof"
      "app.kubernetes.io/managed-by" $root.Release.Service
      "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63) }}
{{- mergeOverwrite (deepCopy $root.Values.commonLabels) (deepCopy (.labels | default dict)) $about $own | toYaml }}
{{- end }}

{{/* metadata of an object: root, component, name; maybe labels, annotations, and cluster: true for one without a namespace. */}}
{{- define "poolproof.metadata" -}}
name: {{ .name }}
{{- if not .cluster }}
namespace: {{ .root.Release.Namespace }}
{{- end }}
labels:
  {{- include "poolproof.labels" . | nindent 2 }}
{{- with mergeOverwrite (deepCopy .root.Values.commonAnnotations) (deepCopy (.annotations | default dict)) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* A ClusterRoleBinding to the ClusterRole of the same name: as for metadata, and the account. */}}
{{- define "poolproof.clusterBinding" -}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  {{- include "poolproof.metadata" (mergeOverwrite (dict "cluster" true) .) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ .account }}
    namespace: {{ .root.Release.Namespace }}
{{- end }}

{{- define "poolproof.image" -}}
{{- $image := .Values.image }}
{{- $name := printf "%s/%s" (default $image.registry .Values.global.imageRegistry) $image.repository }}
{{- if $image.digest }}{{ $name }}@{{ $image.digest }}
{{- else }}{{ $name }}:{{ default .Chart.AppVersion $image.tag }}
{{- end }}
{{- end }}

{{- define "poolproof.pullSecrets" -}}
{{- range concat .Values.global.imagePullSecrets .Values.imagePullSecrets | uniq }}
- name: {{ . }}
{{- end }}
{{- end }}

{{- define "poolproof.serviceAccount" -}}
{{- default (ternary (include "poolproof.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name }}
{{- end }}

{{- define "poolproof.caSecret" -}}
{{- default (printf "%s-authority" (include "poolproof.fullname" .)) .Values.certificates.selfManaged.secretName }}
{{- end }}

{{/* The Secret that is mounted; empty where the pods make the certificate themselves. */}}
{{- define "poolproof.tlsSecret" -}}
{{- if eq .Values.certificates.mode "certManager" }}{{ include "poolproof.fullname" . }}-tls
{{- else if eq .Values.certificates.mode "existingSecret" }}{{ .Values.certificates.existingSecret.name }}
{{- end }}
{{- end }}

{{/* "true" if the serving pods call the API server. Others get no token at all. */}}
{{- define "poolproof.callsApiServer" -}}
{{- if or (ne .Values.snapshot "none") (eq .Values.certificates.mode "selfManaged") (include "poolproof.arms" .) }}true{{ end }}
{{- end }}

{{/* "true" if the serving pods make the webhook fail closed once it is seen to work. */}}
{{- define "poolproof.arms" -}}
{{- if eq .Values.webhook.armFailClosed "afterSelfTest" }}true{{ end }}
{{- end }}

{{/* Memory as the schema admits it, in MiB. */}}
{{- define "poolproof.mebibytes" -}}
{{- $text := toString . }}
{{- $number := regexFind "^[0-9]+" $text | int64 }}
{{- $unit := regexFind "[A-Za-z]*$" $text }}
{{- $bytes := get (dict "Mi" 1048576 "Gi" 1073741824 "M" 1000000 "G" 1000000000) $unit }}
{{- div (mul $number $bytes) 1048576 }}
{{- end }}

{{- define "poolproof.nodeOptions" -}}
--max-old-space-size={{ div (mul 7 (include "poolproof.mebibytes" .limits.memory | int64)) 10 }}
{{- end }}

{{/* What the kubelet would mount by itself; asked for, so that a pod that needs no token has none. */}}
{{- define "poolproof.tokenVolume" -}}
projected:
  defaultMode: 0440
  sources:
    - serviceAccountToken:
        path: token
        expirationSeconds: 3607
    - configMap:
        name: kube-root-ca.crt
        items:
          - key: ca.crt
            path: ca.crt
    - downwardAPI:
        items:
          - path: namespace
            fieldRef:
              fieldPath: metadata.namespace
{{- end }}

{{/* The port of the collector: that of its address, or of its scheme. */}}
{{- define "poolproof.tracingPort" -}}
{{- $port := regexFind ":[0-9]+" (urlParse .Values.tracing.endpoint).host | trimPrefix ":" }}
{{- default (hasPrefix "https:" .Values.tracing.endpoint | ternary "443" "80") $port }}
{{- end }}

{{/* The only way out that a NetworkPolicy leaves. By address and not by name, so without DNS. */}}
{{- define "poolproof.toApiServer" -}}
- ports:
    {{- range .Values.networkPolicy.apiServerPorts }}
    - port: {{ . }}
    {{- end }}
  {{- with .Values.networkPolicy.apiServerCIDRs }}
  to:
    {{- range . }}
    - ipBlock:
        cidr: {{ . }}
    {{- end }}
  {{- end }}
{{- end }}

{{- define "poolproof.spread" -}}
{{- $own := dict "labelSelector" (dict "matchLabels" (include "poolproof.selectorLabels" (dict "root" . "component" "webhook") | fromYaml)) }}
{{- $constraints := list }}
{{- range .Values.topologySpreadConstraints }}
{{- $constraints = append $constraints (merge (deepCopy .) $own) }}
{{- end }}
{{- toYaml $constraints }}
{{- end }}

{{- define "poolproof.affinity" -}}
{{- $affinity := deepCopy .Values.affinity }}
{{- if .Values.defaultAffinity }}
{{- range $kind, $value := include "poolproof.defaultAffinity" . | fromYaml }}
{{- if not (hasKey $affinity $kind) }}{{ $_ := set $affinity $kind $value }}{{ end }}
{{- end }}
{{- end }}
{{- with $affinity }}{{ toYaml . }}{{ end }}
{{- end }}

{{/* Preferred and not required: some clusters have one pool and nothing else, some one node. */}}
{{- define "poolproof.defaultAffinity" -}}
nodeAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      preference:
        matchExpressions:
          - key: karpenter.sh/nodepool
            operator: DoesNotExist
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "poolproof.selectorLabels" (dict "root" . "component" "webhook") | nindent 12 }}
{{- end }}
