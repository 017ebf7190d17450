import type { Rule } from '../../src/lint/rule.ts';
import { apiAutoModeMixup } from './api-auto-mode-mixup.ts';
import { apiCelViolation } from './api-cel-violation.ts';
import { apiControllerOwnedField } from './api-controller-owned-field.ts';
import { apiDuplicateKey } from './api-duplicate-key.ts';
import { apiFieldNeedsNewerVersion } from './api-field-needs-newer-version.ts';
import { apiMovedField } from './api-moved-field.ts';
import { apiNamespaced } from './api-namespaced.ts';
import { apiNodeclaimInGit } from './api-nodeclaim-in-git.ts';
import { apiRemovedAnnotationOrLabel } from './api-removed-annotation-or-label.ts';
import { apiRequiredFieldMissing } from './api-required-field-missing.ts';
import { apiUnknownField } from './api-unknown-field.ts';
import { apiValueOutOfSchema } from './api-value-out-of-schema.ts';
import { apiVersionRemoved } from './api-version-removed.ts';
import { apiYamlType } from './api-yaml-type.ts';
import { runtimeValidationFails } from './runtime-validation-fails.ts';
import { weightOutOfRange } from './weight-out-of-range.ts';

export const schemaRules: readonly Rule[] = [
  apiVersionRemoved,
  apiMovedField,
  apiUnknownField,
  apiFieldNeedsNewerVersion,
  apiRequiredFieldMissing,
  apiValueOutOfSchema,
  weightOutOfRange,
  apiCelViolation,
  apiYamlType,
  apiDuplicateKey,
  apiRemovedAnnotationOrLabel,
  apiControllerOwnedField,
  apiNodeclaimInGit,
  apiAutoModeMixup,
  apiNamespaced,
  runtimeValidationFails,
];
