"""The verbs, one file each: what an editor or cron does. The only callers of the rooms below; two front ends above."""
