ALTER TABLE `organization_names` DROP CONSTRAINT organization_names_kind;
--> statement-breakpoint
ALTER TABLE `organization_names` ADD CONSTRAINT organization_names_kind CHECK (kind = 'current' OR kind = 'former' OR kind = 'branch' OR kind = 'doubtful');
