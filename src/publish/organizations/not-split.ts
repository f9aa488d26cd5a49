/** Of names `n`: those that staff did not take from their organization. */
export const NOT_SPLIT = `NOT EXISTS (SELECT 1 FROM organization_changes c WHERE c.organization_id = n.organization_id
  AND c.kind = 'split' AND c.name_key = n.key AND c.undone_at IS NULL)`;
