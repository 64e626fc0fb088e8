/** The words that names of tables and columns are made of. Every plural is regular, so that a name has one singular. */

/** Tables that many others refer to; the first of every schema. */
export const HUBS = ['user', 'organization', 'project', 'account'] as const;

export const AREAS = [
  ...['access', 'asset', 'audit', 'billing', 'booking', 'campaign', 'career', 'cargo', 'catalog', 'claim', 'clinic', 'content', 'course'],
  ...['customer', 'delivery', 'device', 'event', 'fleet', 'forum', 'game', 'garden', 'grant', 'hotel', 'insurance', 'inventory', 'kitchen'],
  ...['lab', 'ledger', 'legal', 'library', 'loan', 'market', 'media', 'partner', 'payroll', 'pension', 'print', 'procurement', 'product'],
  ...['quality', 'rental', 'retail', 'sales', 'school', 'sensor', 'support', 'tax', 'travel', 'vendor', 'warehouse'],
] as const;

export const NOUNS = [
  ...['address', 'agreement', 'alert', 'answer', 'approval', 'article', 'attachment', 'badge', 'batch', 'bid', 'budget', 'calendar'],
  ...['channel', 'comment', 'contact', 'contract', 'coupon', 'credit', 'deadline', 'document', 'draft', 'estimate', 'export', 'feature'],
  ...['filter', 'folder', 'form', 'goal', 'guest', 'import', 'incident', 'invoice', 'item', 'job', 'label', 'letter', 'limit', 'line'],
  ...['list', 'message', 'milestone', 'note', 'number', 'offer', 'order', 'package', 'page', 'payment', 'period', 'permission', 'plan'],
  ...['price', 'profile', 'question', 'quota', 'rate', 'receipt', 'record', 'refund', 'report', 'request', 'review', 'rule', 'schedule'],
  ...['session', 'setting', 'shift', 'signature', 'slot', 'statement', 'step', 'tag', 'task', 'team', 'template', 'ticket', 'token'],
].filter((noun) => !/(?:s|ch|x|y)$/.test(noun));

/** Types that tables share, by their names. */
export const ENUMS = {
  record_status: ['draft', 'active', 'archived'],
  approval_state: ['pending', 'approved', 'rejected'],
  payment_state: ['open', 'paid', 'refunded', 'failed'],
  priority_level: ['normal', 'low', 'high', 'urgent'],
  visibility: ['private', 'team', 'public'],
  delivery_state: ['queued', 'sent', 'delivered', 'returned'],
  contact_method: ['email', 'phone', 'post'],
  risk_grade: ['unrated', 'low', 'medium', 'high'],
} as const;

export const TEXTS = ['description', 'notes', 'summary', 'remarks', 'instructions'] as const;
export const AMOUNTS = ['amount', 'quantity', 'total', 'score', 'balance', 'weight'] as const;
export const FLAGS = ['is_active', 'is_visible', 'is_pinned', 'is_billable', 'is_verified'] as const;
